import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { updateProfile } from '@/lib/domain/users/user';
import { pool } from '@/lib/platform/db/pool';
import { closeReplica, isReplicaDown, openReplica } from '@/lib/platform/db/replica';
import { insertGroup } from '@/tests/support/conversations';
import { until } from '@/tests/support/eventually';
import { cast, type Person } from '@/tests/support/people';
import { answeredBy, contentsFor, readHistory, replicated } from '@/tests/support/replicated';
import { socketServer } from '@/tests/support/sockets';
import { codeOf, postSystemMessage, say, sayMany } from '@/tests/support/talk';

const replica = await replicated();
const sockets = socketServer();
const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
let room: string;

beforeEach(async () => {
  room = await insertGroup([ada, grace]);
  await say(ada, room, 'Of old');
  await replica.caughtUp();
  // After one slow answer, the replica is not used for a second.
  await until(() => !isReplicaDown());
});

const history = (reader: Person, query = {}, conversationId = room) => readHistory(reader, conversationId, query);
const contents = (reader: Person, query = {}) => contentsFor(reader, room, query);

/** Index scans on the standby. Only Parley reads messages from it. */
async function scansThere(): Promise<number> {
  // A backend reports its statistics at most once a second, and when it ends.
  await closeReplica();
  await openReplica();
  return Number(await replica.ask(`SELECT sum(idx_scan) AS answer FROM pg_stat_user_tables WHERE relname LIKE 'Message%'`));
}

test('an up-to-date replica gives the page, identical to the primary’s', async () => {
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

test('a person sees their own send, edit, deletion and reaction, however far behind the replica is', async () => {
  const [first, second] = [await say(ada, room, 'One'), await say(ada, room, 'Two')];
  await replica.caughtUp();
  await replica.whileBehind(async () => {
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

test('a replica that does not know yet which months are archived is behind', async () => {
  const archive = (text: string) => pool().query(text, ['2020-01', randomUUID()]);
  await replica.whileBehind(async () => {
    await archive(`INSERT INTO "Archive" (month, "fileId", state) VALUES ($1, $2, 'ARCHIVED')`);
    expect(await answeredBy(history(ada))).toBe('primary: behind');
  });
  await replica.caughtUp();
  expect(await answeredBy(history(ada))).toBe('replica: current');
  await replica.whileBehind(async () => {
    await archive(`UPDATE "Archive" SET state = 'RESTORED', "fileId" = $2 WHERE month = $1`);
    expect(await answeredBy(history(ada))).toBe('primary: behind');
  });
});

test('a change without a new message also keeps an older page from being shown', async () => {
  const message = await say(ada, room, 'One');
  await replica.caughtUp();
  await replica.whileBehind(async () => {
    await editMessage(ada.id, message.id, 'Two');
    expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old', 'Two']))).toBe('primary: behind');
  });
});

test('the proof depends on the rev: a change without one is not seen', async () => {
  const message = await say(ada, room, 'One');
  await replica.caughtUp();
  await replica.whileBehind(async () => {
    await pool().query(`UPDATE "Message" SET content = 'Two' WHERE id = $1`, [message.id]);
    expect(await answeredBy(async () => expect(await contents(ada)).toEqual(['Of old', 'One']))).toBe('replica: current');
  });
});

test('a change that was announced by an event is in the history', async () => {
  const client = await sockets.connect(grace);
  await replica.whileBehind(async () => {
    await say(ada, room, 'Heard of');
    await client.hear('message.received', ({ messages }) => messages.some(({ content }) => content === 'Heard of'));
    const { messages } = await client.ask('message.history', { conversationId: room, limit: 49 });
    expect(messages.map(({ content }) => content)).toEqual(['Of old', 'Heard of']);
  });
});

test('a change that the replica lacks in one conversation does not affect other conversations', async () => {
  const other = await insertGroup([ada, grace]);
  await say(ada, other, 'Quiet');
  await replica.caughtUp();
  await replica.whileBehind(async () => {
    await say(ada, room, 'Busy');
    expect(await answeredBy(history(ada))).toBe('primary: behind');
    expect(await answeredBy(history(ada, {}, other))).toBe('replica: current');
  });
});

test('people have their current names and pictures, which have no rev', async () => {
  const { id } = await say(ada, room, 'Who am I?');
  await say(grace, room, 'You?', { replyToId: id });
  await postSystemMessage(room, grace.id, { action: 'role', actorId: grace.id, userIds: [ada.id] });
  await replica.caughtUp();
  await replica.whileBehind(async () => {
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

test('membership comes from the primary: an outsider reads nothing, nor does a person who has just left', async () => {
  await replica.whileBehind(async () => {
    expect(await codeOf(history(mallory))).toBe('NOT_FOUND');
    await pool().query(`UPDATE "Participant" SET "leftAt" = now() WHERE "userId" = $1 AND "conversationId" = $2`, [
      grace.id,
      room,
    ]);
    expect(await codeOf(history(grace))).toBe('NOT_FOUND');
  });
});

test('a missing message is missing on a replica too', async () => {
  const elsewhere = await say(ada, await insertGroup([ada]), 'Elsewhere');
  await replica.caughtUp();
  expect(await codeOf(history(ada, { around: elsewhere.id }))).toBe('NOT_FOUND');
});

test('a newest page from the replica is cached like the primary’s', async () => {
  const newest = { limit: 50 };
  expect(await answeredBy(history(ada, newest))).toBe('replica: current');
  await expect.poll(() => answeredBy(history(ada, newest))).toBe('');
  const page = await history(grace, newest);
  await closeReplica();
  expect(await history(grace, newest)).toEqual(page);
  expect(page.messages.map(({ content }) => content)).toEqual(['Of old']);
  await openReplica();
});
