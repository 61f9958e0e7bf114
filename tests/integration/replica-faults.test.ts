import type { PoolClient } from 'pg';
import { beforeEach, expect, test, vi } from 'vitest';
import { GET as ready } from '@/app/api/health/ready/route';
import { closeReplica, isReplicaDown, openReplica, readFromReplica } from '@/lib/platform/db/replica';
import { env } from '@/lib/platform/env/env';
import { insertGroup } from '@/tests/support/conversations';
import { until } from '@/tests/support/eventually';
import { cast, type Person } from '@/tests/support/people';
import { answeredBy, contentsFor, readHistory, replicated } from '@/tests/support/replicated';
import { ask } from '@/tests/support/requests';
import { say } from '@/tests/support/talk';

/** A migrated database of another cluster. */
const strange = process.env.DATABASE_URL ?? '';
const replica = await replicated();
const { ada, grace } = await cast('ada', 'grace');
let room: string;

beforeEach(async () => {
  room = await insertGroup([ada, grace]);
  await say(ada, room, 'Of old');
  await replica.caughtUp();
  // After one slow answer, the replica is not used for a second.
  await until(() => !isReplicaDown());
});

const history = (reader: Person) => readHistory(reader, room);
const contents = (reader: Person) => contentsFor(reader, room);

test('a replica that dies breaks no read, delays none, and is used again when it is back', async () => {
  expect(await ask(ready)).toMatchObject({ status: 200, body: { status: 'ready', degraded: false } });
  await replica.kill();
  expect(await contents(ada)).toEqual(['Of old']);
  await until(isReplicaDown);
  expect(await answeredBy(history(ada))).toBe('primary: away');
  expect(await ask(ready)).toMatchObject({ status: 200, body: { status: 'ready', degraded: true } });
  await replica.restart();
  await vi.waitUntil(() => !isReplicaDown(), { timeout: 15_000 });
  await replica.caughtUp();
  expect(await answeredBy(history(ada))).toBe('replica: current');
  expect(await ask(ready)).toMatchObject({ body: { degraded: false } });
});

test('a silent replica costs one reader half a second, and the next ones nothing', async () => {
  await history(ada);
  replica.freeze();
  try {
    const began = performance.now();
    expect(await contents(ada)).toEqual(['Of old']);
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(isReplicaDown()).toBe(true);
    expect(await answeredBy(history(ada))).toBe('primary: away');
  } finally {
    replica.thaw();
  }
  await vi.waitUntil(() => !isReplicaDown(), { timeout: 15_000 });
});

test('a page that takes too long in total comes from the primary, even if no single statement does', async () => {
  const slowly = async (client: PoolClient) => {
    for (let times = 0; times < 3; times += 1) await client.query('SELECT pg_sleep(0.3)');
    return 'a page';
  };
  expect(await answeredBy(async () => expect(await readFromReplica(slowly)).toBeNull())).toBe('primary: slow');
  await vi.waitUntil(() => !isReplicaDown(), { timeout: 15_000 });
});

test('a statement that the replica cancels goes to the primary, and does not count as a failure', async () => {
  const cancelled = (client: PoolClient) => client.query('SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(0.1)');
  expect(await answeredBy(async () => expect(await readFromReplica(cancelled)).toBeNull())).toBe('primary: cancelled');
  expect(await answeredBy(history(ada))).toBe('replica: current');
});

test('a replica that stays behind gets no requests, and is reported', async () => {
  await closeReplica();
  await openReplica({ maxLagMs: 100 });
  await replica.whileBehind(async () => {
    await say(ada, room, 'New');
    await until(isReplicaDown);
    expect(await answeredBy(history(ada))).toBe('primary: away');
  });
  await vi.waitUntil(() => !isReplicaDown(), { timeout: 15_000 });
  await closeReplica();
  await openReplica();
});

/** Uses another address of the replica. */
async function withReplica(url: string, work: () => Promise<void>): Promise<void> {
  await closeReplica();
  env().DATABASE_REPLICA_URL = url;
  await openReplica();
  try {
    await work();
  } finally {
    await closeReplica();
    env().DATABASE_REPLICA_URL = replica.url;
    await openReplica();
  }
}

test('a database that is no replica of this one is never read, even if it answers', async () => {
  const beside = new URL(replica.primaryUrl);
  beside.pathname = '/postgres';
  for (const url of [strange, beside.href, 'postgresql://127.0.0.1:1/nobody'])
    await withReplica(url, async () => {
      expect(isReplicaDown()).toBe(true);
      expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old']))).toBe('primary: away');
    });
});

test('the primary itself may be its own replica', async () => {
  await withReplica(replica.primaryUrl, async () => {
    await say(ada, room, 'New');
    expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old', 'New']))).toBe('replica: current');
  });
});

test('a promoted replica that diverged with the same numbers shows nobody its own messages', async () => {
  await replica.promote();
  const send = `SELECT status AS answer FROM parley_send(ARRAY['${room}'::uuid], ARRAY['${ada.id}'::uuid], ARRAY['x'], ARRAY['TEXT'],
    ARRAY['Of another history'], ARRAY[NULL::uuid], ARRAY[NULL::jsonb])`;
  expect(await replica.ask(send)).toBe('new');
  await say(ada, room, 'Of this one');
  expect(await answeredBy(async () => expect(await contents(grace)).toEqual(['Of old', 'Of this one']))).toBe(
    'primary: behind',
  );
});
