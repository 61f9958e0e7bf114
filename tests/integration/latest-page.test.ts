import { beforeEach, expect, test } from 'vitest';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { LatestPages } from '@/lib/domain/messages/latest-page';
import { MemoryLatestPages } from '@/lib/domain/messages/latest-page-memory';
import { deleteMessage, editMessage, listMessages } from '@/lib/domain/messages/message';
import { readPage } from '@/lib/domain/messages/pagination';
import { historySchema, type MessagePage } from '@/lib/domain/messages/schema';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { updateProfile } from '@/lib/domain/users/user';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup } from '@/tests/support/conversations';
import { keepTail, reading } from '@/tests/support/kept';
import { cast, type Person } from '@/tests/support/people';
import { codeOf, postSystemMessage, say, sayMany } from '@/tests/support/talk';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
let room: string;

beforeEach(async () => {
  room = await insertGroup([ada, grace]);
  await sayMany(ada, room, 3);
});

const tail = (reader: Person, query = {}) => listMessages(reader.id, room, historySchema.parse(query));
const fromDatabase = async (reader: Person) => (await readPage(room, historySchema.parse({}), reader.id)) as MessagePage;

test('a cached page equals the database’s page, for each reader', async () => {
  const quoted = await say(ada, room, 'Who?');
  await say(grace, room, 'I', { replyToId: quoted.id, metadata: { names: { of: 'mine' } } });
  await addReaction(ada.id, quoted.id, '👍');
  await addReaction(grace.id, quoted.id, '👍');
  await addReaction(grace.id, quoted.id, '🎉');
  await postSystemMessage(room, ada.id, { action: 'role', actorId: ada.id, userIds: [grace.id] });
  await keepTail(grace, room);
  for (const reader of [ada, grace])
    expect(await reading(reader, room)).toEqual({ page: await fromDatabase(reader), kept: true });
});

test('after any change of a message, nobody gets an older page', async () => {
  const [first] = (await tail(ada)).messages;
  if (!first) throw new Error('There is no message.');
  const changes = [
    () => say(ada, room, 'Four'),
    () => editMessage(ada.id, first.id, 'One and a half'),
    () => addReaction(grace.id, first.id, '👍'),
    () => removeReaction(grace.id, first.id, '👍'),
    () => postSystemMessage(room, ada.id, { action: 'renamed', actorId: ada.id, name: 'Engine' }),
    () => deleteMessage(ada.id, first.id),
  ];
  for (const change of changes) {
    await keepTail(grace, room);
    await change();
    for (const reader of [ada, grace])
      expect(await reading(reader, room)).toEqual({ page: await fromDatabase(reader), kept: false });
  }
});

test('people have their current names, which have no rev', async () => {
  await postSystemMessage(room, grace.id, { action: 'role', actorId: grace.id, userIds: [ada.id] });
  await keepTail(grace, room);
  await updateProfile(ada.id, { name: 'Ada King' });
  const { page, kept } = await reading(grace, room);
  expect(kept).toBe(true);
  expect(page).toEqual(await fromDatabase(grace));
  expect(JSON.stringify(page)).not.toContain('Ada Lovelace');
  await updateProfile(ada.id, { name: 'Ada Lovelace' });
});

test('an outsider, and a person who has just left, get nothing of it', async () => {
  await keepTail(grace, room);
  expect(await codeOf(tail(mallory))).toBe('NOT_FOUND');
  await pool().query('UPDATE "Participant" SET "leftAt" = now() WHERE "userId" = $1 AND "conversationId" = $2', [
    grace.id,
    room,
  ]);
  expect(await codeOf(tail(grace))).toBe('NOT_FOUND');
});

test('a page of another length or position is not the newest page', async () => {
  const [, second] = (await tail(ada)).messages;
  await keepTail(grace, room);
  const others = [
    { query: { limit: 2 }, length: 2 },
    { query: { before: second?.id }, length: 1 },
    { query: { after: second?.id }, length: 1 },
    { query: { around: second?.id, limit: 1 }, length: 1 },
  ];
  for (const { query, length } of others) {
    const { page, kept } = await reading(ada, room, query);
    expect(kept).toBe(false);
    expect(page.messages).toHaveLength(length);
  }
});

test('a page is not cached if the conversation changed while it was read', async () => {
  const tails = new LatestPages(new MemoryLatestPages());
  const { conversation } = await findConversationFor(ada.id, room);
  const query = historySchema.parse({});
  const page = await fromDatabase(ada);
  const keepTwice = async () => {
    await tails.keep(conversation, query, page);
    await tails.keep(conversation, query, page);
    return tails.find(conversation, query);
  };
  await say(ada, room, 'Meanwhile');
  expect(await keepTwice()).toBeNull();
  await pool().query('UPDATE "Conversation" SET "lastRev" = $2 WHERE id = $1', [room, conversation.lastRev]);
  expect(await keepTwice()).not.toBeNull();
});

test('a page requested once is not cached', async () => {
  const tails = new LatestPages(new MemoryLatestPages());
  const { conversation } = await findConversationFor(ada.id, room);
  const query = historySchema.parse({});
  await tails.keep(conversation, query, await fromDatabase(ada));
  expect(await tails.find(conversation, query)).toBeNull();
  await tails.keep(conversation, query, await fromDatabase(ada));
  expect(await tails.find(conversation, query)).not.toBeNull();
});

test('a cached page does not reveal its readers', async () => {
  const store = new MemoryLatestPages();
  const texts: string[] = [];
  const tails = new LatestPages({ get: (key) => store.get(key), set: async (_, text) => void texts.push(text) });
  const { conversation } = await findConversationFor(ada.id, room);
  await addReaction(ada.id, (await fromDatabase(ada)).messages[0]?.id ?? '', '👍');
  for (let times = 0; times < 2; times += 1)
    await tails.keep(conversation, historySchema.parse({}), await fromDatabase(ada), true);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain('👍');
  expect(texts[0]).not.toContain('mine');
});
