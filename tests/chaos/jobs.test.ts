import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { jobKinds } from '@/boot/jobs';
import { forget, installStalls, type Moment, Scene, stallAt, stalled } from '@/tests/chaos/support/jobs';
import { noDeduplication, withMutation } from '@/tests/chaos/support/mutation';
import type { Person } from '@/tests/chaos/support/people';
import { report, scaled } from '@/tests/chaos/support/scale';
import { Stage } from '@/tests/chaos/support/stage';
import type { Client } from '@/tests/support/client';

const minutes = 60_000;

let stage: Stage;
let device: Client | undefined;

beforeAll(async () => {
  stage = await Stage.of(2);
  await stage.tables.query(installStalls);
}, 2 * minutes);

afterEach(async () => {
  device?.close();
  await stallAt(stage.tables);
  await stage.tables.query('DELETE FROM "Job"');
});

afterAll(() => stage?.end(), minutes);

const newScene = () => Scene.of(stage.server, stage.tables, stage.people as [Person, Person]);

/**
 * Enqueues a job of each kind, kills the server when all of them have reached the given moment, and starts it again.
 * @param fault a fault of the queue while the server is down
 * @returns the lost and the repeated effects
 */
async function strike(moment: Moment, fault = async () => {}): Promise<string[]> {
  const { server, tables } = stage;
  const scene = await newScene();
  await stallAt(tables, moment);
  const [first, ...others] = Object.values(scene.causes);
  await first?.();
  for (const cause of others) void cause().catch(() => undefined);
  // `before`: the one claim of the runner is blocked, and so is the insert of the message that another kind needs.
  await stalled(tables, moment === 'before' ? 2 : jobKinds.length);
  const open = () => tables.query<{ kind: string }>('SELECT DISTINCT kind FROM "Job" WHERE "doneAt" IS NULL ORDER BY kind');
  const all = jobKinds.map(({ name }) => name).toSorted();
  await expect.poll(async () => (await open()).map(({ kind }) => kind)).toEqual(all);
  await server.kill();
  await forget(tables);
  await fault();
  // The server continues only when a client is connected to receive the events.
  await stallAt(tables, 'before');
  await server.restart();
  device = await scene.device();
  await stallAt(tables);
  return scene.broken(device);
}

test('every kind of job has a cause', async () => {
  expect(Object.keys((await newScene()).causes).toSorted()).toEqual(jobKinds.map(({ name }) => name).toSorted());
});

describe('kill -9 loses no job of any kind and repeats no effect', () => {
  test.each(['before', 'after'] as const)(
    '%s its effect',
    async (moment) => {
      const rounds = scaled(1, 10);
      for (let round = 1; round <= rounds; round += 1) expect(await strike(moment), `round ${round}`).toEqual([]);
      report(`server killed ${rounds} times ${moment} the effects of ${jobKinds.length} kinds of jobs`);
    },
    10 * minutes,
  );
});

describe('the test finds', () => {
  test(
    'a queue that is lost with the process',
    async () => {
      const broken = await strike('before', async () => void (await stage.tables.query('DELETE FROM "Job"')));
      // At its start, a node finds the changes and months that the index lacks, without a job.
      const lost = jobKinds.map(({ name }) => name).filter((name) => !['search.index', 'search.backfill'].includes(name));
      expect(broken.map((line) => line.split(':')[0]).toSorted()).toEqual(lost.toSorted());
    },
    2 * minutes,
  );

  test(
    'an effect that is not idempotent',
    async () => {
      const broken = await withMutation(stage.tables, noDeduplication, () => strike('after'));
      expect(broken).toEqual(['messages.system: said 2 times']);
    },
    2 * minutes,
  );
});
