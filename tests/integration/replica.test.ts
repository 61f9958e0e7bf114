import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { GET as ready } from '@/app/api/health/ready/route';
import { pool } from '@/lib/db/pool';
import { askReplica, closeReplica, isReplicaAway, openReplica } from '@/lib/db/replica';
import { env } from '@/lib/env/env';
import { deleteMessage, editMessage, listMessages, postSystemMessage } from '@/lib/messages/message';
import { historySchema } from '@/lib/messages/schema';
import { measured } from '@/lib/process/metrics';
import { addReaction, removeReaction } from '@/lib/reactions/reaction';
import { updateProfile } from '@/lib/users/user';
import { insertGroup } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';
import { TestReplica } from '@/tests/support/replica';
import { ask } from '@/tests/support/requests';
import { socketServer } from '@/tests/support/sockets';
import { codeOf, say, sayMany } from '@/tests/support/talk';

const strange = process.env.DATABASE_URL ?? '';
const replica = await TestReplica.start();
process.env.DATABASE_URL = replica.primaryUrl;
process.env.DATABASE_REPLICA_URL = replica.url;

// Hooks run last in, first out: it goes when nobody asks any more.
afterAll(async () => {
  await closeReplica();
  await replica.stop();
});
const sockets = socketServer();
const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
let room: string;

beforeAll(() => openReplica());
beforeEach(async () => {
  room = await insertGroup([ada, grace]);
  await say(ada, room, 'Of old');
  await replica.caughtUp();
});
/** Of a length that is not kept: these tests are of who is asked. */
const unkept = { limit: 49 };

const history = (reader: Person, query = {}, conversationId = room) =>
  listMessages(reader.id, conversationId, historySchema.parse({ ...unkept, ...query }));

const contents = async (reader: Person, query = {}) =>
  (await history(reader, query)).messages.map(({ content, deletedAt }) => (deletedAt ? 'gone' : content));

/** Who answered, and why, as the metrics tell it. */
async function answeredBy(reading: Promise<unknown> | (() => Promise<unknown>)): Promise<string> {
  const counts = async () =>
    new Map(
      (await measured().pageReads.get()).values.map(({ labels, value }) => [`${labels.server}: ${labels.reason}`, value]),
    );
  const before = await counts();
  await (typeof reading === 'function' ? reading() : reading);
  return [...(await counts())]
    .filter(([who, count]) => count > (before.get(who) ?? 0))
    .map(([who]) => who)
    .join();
}

/** Statements that Parley's connections have run on the standby itself: nobody else asks it for messages. */
const scansThere = async () => {
  // What a connection did is told when it is idle, at most once a second, and at once when it ends.
  await closeReplica();
  await openReplica();
  return Number(await replica.ask(`SELECT sum(idx_scan) AS answer FROM pg_stat_user_tables WHERE relname LIKE 'Message%'`));
};

async function whileBehind(work: () => Promise<void>): Promise<void> {
  await replica.pause();
  try {
    await work();
  } finally {
    await replica.resume();
  }
}

test('a replica that has all of it serves the page, and it is the primary’s page', async () => {
  await sayMany(ada, room, 5);
  const quoted = await say(grace, room, 'Who?');
  await say(ada, room, 'I', { replyToId: quoted.id });
  await addReaction(grace.id, quoted.id, '👍');
  await addReaction(ada.id, quoted.id, '🎉');
  await postSystemMessage(room, ada.id, { action: 'role', actorId: ada.id, userIds: [grace.id] });
  await replica.caughtUp();
  const queries = [{}, { limit: 3 }, { before: quoted.id }, { after: quoted.id, limit: 1 }, { around: quoted.id, limit: 4 }];
  const before = await scansThere();
  for (const reader of [ada, grace])
    for (const query of queries) {
      let replicated: unknown;
      expect(await answeredBy(async () => (replicated = await history(reader, query)))).toBe('replica: current');
      await closeReplica();
      expect(await answeredBy(history(reader, query))).toBe('');
      expect(replicated).toEqual(await history(reader, query));
      await openReplica();
    }
  expect(await scansThere()).toBeGreaterThan(before);
});

test('whoever wrote, edited, deleted or reacted sees it, however far behind the replica is', async () => {
  const [first, second] = [await say(ada, room, 'One'), await say(ada, room, 'Two')];
  await replica.caughtUp();
  await whileBehind(async () => {
    const says = async (content: string[]) => {
      expect(await answeredBy(async () => expect(await contents(ada)).toEqual(content))).toBe('primary: behind');
      expect(await contents(ada, { after: first.id })).toEqual(content.slice(2));
    };
    await say(ada, room, 'Three');
    await says(['Of old', 'One', 'Two', 'Three']);
    await editMessage(ada.id, second.id, 'Two and a half');
    await says(['Of old', 'One', 'Two and a half', 'Three']);
    await deleteMessage(ada.id, first.id);
    await says(['Of old', 'gone', 'Two and a half', 'Three']);
    await addReaction(ada.id, second.id, '👍');
    const reactions = async () => (await history(ada, { around: second.id, limit: 1 })).messages[0]?.reactions;
    expect(await reactions()).toEqual([{ emoji: '👍', count: 1, userIds: [ada.id], mine: true }]);
    await removeReaction(ada.id, second.id, '👍');
    expect(await reactions()).toEqual([]);
    expect(await replica.ask(`SELECT count(*)::int AS answer FROM "Message" WHERE "conversationId" = '${room}'`)).toBe(3);
  });
  expect(await answeredBy(history(ada))).toBe('replica: current');
});

test('a change alone, which makes no message, keeps an older page from being shown too', async () => {
  const message = await say(ada, room, 'One');
  await replica.caughtUp();
  await whileBehind(async () => {
    await editMessage(ada.id, message.id, 'Two');
    expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old', 'Two']))).toBe('primary: behind');
  });
});

test('it hangs on the rev: a change that took none would not be seen', async () => {
  const message = await say(ada, room, 'One');
  await replica.caughtUp();
  await whileBehind(async () => {
    await pool().query(`UPDATE "Message" SET content = 'Two' WHERE id = $1`, [message.id]);
    expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old', 'One']))).toBe('replica: current');
  });
});

test('whoever was told by an event finds it in the history', async () => {
  const client = await sockets.connect(grace);
  await whileBehind(async () => {
    await say(ada, room, 'Heard of');
    await client.hear('message.received', ({ messages }) => messages.some(({ content }) => content === 'Heard of'));
    const { messages } = await client.ask('message.history', { conversationId: room, ...unkept });
    expect(messages.map(({ content }) => content)).toEqual(['Of old', 'Heard of']);
  });
});

test('other conversations do not suffer from what one of them has not got yet', async () => {
  const other = await insertGroup([ada, grace]);
  await say(ada, other, 'Quiet');
  await replica.caughtUp();
  await whileBehind(async () => {
    await say(ada, room, 'Busy');
    expect(await answeredBy(history(ada))).toBe('primary: behind');
    expect(await answeredBy(history(ada, {}, other))).toBe('replica: current');
  });
});

test('people have the names and pictures of now, which no rev tells of', async () => {
  const { id } = await say(ada, room, 'Who am I?');
  await say(grace, room, 'You?', { replyToId: id });
  await postSystemMessage(room, grace.id, { action: 'role', actorId: grace.id, userIds: [ada.id] });
  await replica.caughtUp();
  await whileBehind(async () => {
    await updateProfile(ada.id, { name: 'Ada King' });
    let names: unknown[] = [];
    const reading = async () => {
      const { messages } = await history(ada);
      names = messages.slice(1).map(({ sender, replyTo, metadata }) => [sender.name, replyTo?.sender.name, metadata?.names]);
    };
    expect(await answeredBy(reading)).toBe('replica: current');
    expect(names).toEqual([
      ['Ada King', undefined, undefined],
      ['Grace Hopper', 'Ada King', undefined],
      ['Grace Hopper', undefined, { [ada.id]: 'Ada King' }],
    ]);
  });
  await updateProfile(ada.id, { name: 'Ada Lovelace' });
});

test('who is in a conversation is the primary’s word: an outsider reads nothing, nor does who has just left', async () => {
  await whileBehind(async () => {
    expect(await codeOf(history(mallory))).toBe('NOT_FOUND');
    await pool().query(`UPDATE "Participant" SET "leftAt" = now() WHERE "userId" = $1 AND "conversationId" = $2`, [
      grace.id,
      room,
    ]);
    expect(await codeOf(history(grace))).toBe('NOT_FOUND');
  });
});

test('a message that is not there is not there on a replica either', async () => {
  const elsewhere = await say(ada, await insertGroup([ada]), 'Elsewhere');
  await replica.caughtUp();
  expect(await codeOf(history(ada, { around: elsewhere.id }))).toBe('NOT_FOUND');
});

test('a replica that dies takes nothing with it, is not waited for, and is used again when it is back', async () => {
  expect(await ask(ready)).toMatchObject({ status: 200, body: { status: 'ready', degraded: false } });
  await replica.kill();
  expect(await contents(ada)).toEqual(['Of old']);
  await vi.waitUntil(isReplicaAway, { timeout: 5_000 });
  expect(await answeredBy(history(ada))).toBe('primary: away');
  expect(await ask(ready)).toMatchObject({ status: 200, body: { status: 'ready', degraded: true } });
  await replica.restart();
  await vi.waitUntil(() => !isReplicaAway(), { timeout: 15_000 });
  await replica.caughtUp();
  expect(await answeredBy(history(ada))).toBe('replica: current');
  expect(await ask(ready)).toMatchObject({ body: { degraded: false } });
});

test('a replica that falls silent costs one reader half a second, and the next ones nothing', async () => {
  await history(ada);
  replica.freeze();
  try {
    const began = performance.now();
    expect(await contents(ada)).toEqual(['Of old']);
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(isReplicaAway()).toBe(true);
    expect(await answeredBy(history(ada))).toBe('primary: away');
  } finally {
    replica.thaw();
  }
  await vi.waitUntil(() => !isReplicaAway(), { timeout: 15_000 });
});

test('what takes too long altogether is the primary’s, though no statement of it does', async () => {
  const slowly = async (client: PoolClient) => {
    for (let times = 0; times < 3; times += 1) await client.query('SELECT pg_sleep(0.3)');
    return 'a page';
  };
  expect(await answeredBy(async () => expect(await askReplica(slowly)).toBeNull())).toBe('primary: slow');
  await vi.waitUntil(() => !isReplicaAway(), { timeout: 15_000 });
});

test('a statement that the replica cancels is the primary’s, and the replica no worse for it', async () => {
  const cancelled = (client: PoolClient) => client.query('SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(0.1)');
  expect(await answeredBy(async () => expect(await askReplica(cancelled)).toBeNull())).toBe('primary: cancelled');
  expect(await answeredBy(history(ada))).toBe('replica: current');
});

test('a replica that stays behind is not asked at all, and says so', async () => {
  await closeReplica();
  await openReplica({ lagMs: 100 });
  await whileBehind(async () => {
    await say(ada, room, 'New');
    await vi.waitUntil(isReplicaAway, { timeout: 10_000 });
    expect(await answeredBy(history(ada))).toBe('primary: away');
  });
  await vi.waitUntil(() => !isReplicaAway(), { timeout: 15_000 });
  await closeReplica();
  await openReplica();
});

test('the newest page that a replica gave is kept as the primary’s would be', async () => {
  const newest = { limit: 50 };
  expect(await answeredBy(history(ada, newest))).toBe('replica: current');
  await expect.poll(() => answeredBy(history(ada, newest))).toBe('');
  const page = await history(grace, newest);
  await closeReplica();
  expect(await history(grace, newest)).toEqual(page);
  expect(page.messages.map(({ content }) => content)).toEqual(['Of old']);
  await openReplica();
});

/** With another address of a replica. */
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

test('a database that is no replica of this one is never asked, though it answers', async () => {
  const beside = new URL(replica.primaryUrl);
  beside.pathname = '/postgres';
  for (const url of [strange, beside.href, 'postgresql://127.0.0.1:1/nobody'])
    await withReplica(url, async () => {
      expect(isReplicaAway()).toBe(true);
      expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old']))).toBe('primary: away');
    });
});

test('the primary itself may stand in for its replica', async () => {
  await withReplica(replica.primaryUrl, async () => {
    await say(ada, room, 'New');
    expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old', 'New']))).toBe('replica: current');
  });
});

test('a replica that was promoted, and goes its own way with the same numbers, shows nobody its own messages', async () => {
  await replica.promote();
  const send = `SELECT status AS answer FROM parley_send(ARRAY['${room}'::uuid], ARRAY['${ada.id}'::uuid], ARRAY['x'], ARRAY['TEXT'],
    ARRAY['Of another history'], ARRAY[NULL::uuid], ARRAY[NULL::jsonb])`;
  expect(await replica.ask(send)).toBe('new');
  await say(ada, room, 'Of this one');
  expect(await answeredBy(async () => expect(await contents(grace)).toEqual(['Of old', 'Of this one']))).toBe(
    'primary: behind',
  );
});
