import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { jobKinds } from '@/boot/jobs';
import { forget, installStalls, type Moment, Scene, stallAt, stalled } from '@/tests/chaos/support/jobs';
import { noDeduplication, withMutation } from '@/tests/chaos/support/mutation';
import type { Person } from '@/tests/chaos/support/people';
import { say, scaled } from '@/tests/chaos/support/scale';
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
 * Causes a job of each kind, kills the server when all of them have come to that moment, and starts it again.
 * @param fault what happens to the queue meanwhile
 * @returns what is lost or doubled
 */
async function strike(moment: Moment, fault = async () => {}): Promise<string[]> {
  const { server, tables } = stage;
  const scene = await newScene();
  await stallAt(tables, moment);
  const [first, ...others] = Object.values(scene.causes);
  await first?.();
  for (const cause of others) void cause().catch(() => undefined);
  // Before: one claim holds up the kinds that a runner claims, and the message of the other kind is not stored.
  await stalled(tables, moment === 'before' ? 2 : jobKinds.length);
  const open = () => tables.query<{ kind: string }>('SELECT DISTINCT kind FROM "Job" WHERE "doneAt" IS NULL ORDER BY kind');
  const all = jobKinds.map(({ name }) => name).toSorted();
  await expect.poll(async () => (await open()).map(({ kind }) => kind)).toEqual(all);
  await server.kill();
  await forget(tables);
  await fault();
  // Nothing runs before somebody is there to hear of it.
  await stallAt(tables, 'before');
  await server.restart();
  device = await scene.device();
  await stallAt(tables);
  return scene.broken(device);
}

test('there is a cause for every kind', async () => {
  expect(Object.keys((await newScene()).causes).toSorted()).toEqual(jobKinds.map(({ name }) => name).toSorted());
});

describe('kill -9 loses no job of any kind and doubles no effect', () => {
  test.each(['before', 'after'] as const)(
    '%s its effect',
    async (moment) => {
      const rounds = scaled(1, 10);
      for (let round = 1; round <= rounds; round += 1) expect(await strike(moment), `round ${round}`).toEqual([]);
      say(`server killed ${rounds} times ${moment} the effects of ${jobKinds.length} kinds of jobs`);
    },
    10 * minutes,
  );
});

describe('the test finds', () => {
  test(
    'a queue that is lost with the process',
    async () => {
      const broken = await strike('before', async () => void (await stage.tables.query('DELETE FROM "Job"')));
      // A node that starts finds by itself what the index misses.
      const lost = jobKinds.map(({ name }) => name).filter((name) => !name.startsWith('search.'));
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
