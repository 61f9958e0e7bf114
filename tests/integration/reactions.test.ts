import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { prisma } from '@/lib/db/prisma';
import { addReaction, removeReaction } from '@/lib/reactions/reaction';
import { emojiSchema } from '@/lib/reactions/schema';
import { membersRoom } from '@/lib/realtime/rooms';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { cast, createPerson } from '@/tests/support/people';
import { codeOf, say } from '@/tests/support/talk';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');

const kinds = [
  '😀',
  '😃',
  '😄',
  '😁',
  '😆',
  '😅',
  '🤣',
  '😂',
  '🙂',
  '🙃',
  '🫠',
  '😉',
  '😊',
  '😇',
  '🥰',
  '😍',
  '🤩',
  '😘',
  '😗',
  '😚',
  '😙',
];

test('a reaction is seen by everybody, with `mine` only in the answer', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  const capture = captureEvents();
  const message = await addReaction(grace.id, id, '👍', room);
  expect(message).toMatchObject({ rev: 2, reactions: [{ emoji: '👍', count: 1, userIds: [grace.id], mine: true }] });
  const [heard] = capture.named('reaction.updated');
  expect(heard?.rooms).toEqual([membersRoom(room)]);
  expect(heard?.payload.change).toEqual({ userId: grace.id, emoji: '👍', added: true });
  expect(heard?.payload.message.reactions).toEqual([{ emoji: '👍', count: 1, userIds: [grace.id] }]);
});

test('again changes nothing and is not told, whether added or removed', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  await addReaction(grace.id, id, '👍');
  const capture = captureEvents();
  expect((await addReaction(grace.id, id, '👍')).rev).toBe(2);
  expect(capture.events).toEqual([]);
  expect(await removeReaction(grace.id, id, '👍')).toMatchObject({ rev: 3, reactions: [] });
  expect(capture.named('reaction.updated')[0]?.payload.change.added).toBe(false);
  capture.clear();
  expect((await removeReaction(grace.id, id, '👍')).rev).toBe(3);
  expect(capture.events).toEqual([]);
  expect(await prisma().change.count({ where: { conversationId: room } })).toBe(3);
});

test('kinds keep the order in which they first came', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  for (const emoji of ['🎉', '👍', '❤️']) await addReaction(grace.id, id, emoji);
  const { reactions } = await addReaction(ada.id, id, '👍');
  expect(reactions.map(({ emoji, count, mine }) => [emoji, count, mine])).toEqual([
    ['🎉', 1, false],
    ['👍', 2, true],
    ['❤️', 1, false],
  ]);
});

test('a message takes 20 kinds, and any number of people in each', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  for (const emoji of kinds.slice(0, 20)) await addReaction(grace.id, id, emoji);
  expect(await codeOf(addReaction(grace.id, id, kinds[20]!))).toBe('CONFLICT');
  expect((await addReaction(ada.id, id, kinds[19]!)).reactions[19]).toMatchObject({ count: 2, mine: true });
});

test('20 kinds hold under concurrency', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  const codes = await Promise.all(kinds.map((emoji) => codeOf(addReaction(grace.id, id, emoji))));
  expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(1);
});

test('of a crowd the first 20 are named, and all are counted', async () => {
  const crowd = await Promise.all(Array.from({ length: 23 }, () => createPerson()));
  const room = await insertGroup([ada, ...crowd]);
  const { id } = await say(ada, room, 'Hello');
  for (const person of crowd) await addReaction(person.id, id, '👏');
  const { reactions } = await addReaction(ada.id, id, '👏');
  expect(reactions).toEqual([{ emoji: '👏', count: 24, userIds: crowd.slice(0, 20).map((person) => person.id), mine: true }]);
});

test('an outsider reacts to nothing, and hears the same of what is not there', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  for (const messageId of [id, randomUUID()]) {
    expect(await codeOf(addReaction(mallory.id, messageId, '👍'))).toBe('NOT_FOUND');
    expect(await codeOf(removeReaction(mallory.id, messageId, '👍'))).toBe('NOT_FOUND');
  }
  expect(await prisma().reaction.count({ where: { messageId: id } })).toBe(0);
});

test('an emoji is exactly one emoji', () => {
  for (const emoji of ['👍', '👍🏽', '❤️', '❤', '🧑‍🚀', '🇩🇪', '#️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])
    expect(emojiSchema.safeParse(emoji).success, emoji).toBe(true);
  for (const text of ['', 'a', '1', '👍👍', '<b>', '👍 ', '\u0000'])
    expect(emojiSchema.safeParse(text).success, text).toBe(false);
});
