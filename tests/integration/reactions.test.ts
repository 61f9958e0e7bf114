import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import data from 'emojibase-data/en/data.json';
import { expect, test } from 'vitest';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { emojiSchema } from '@/lib/domain/reactions/schema';
import { membersRoom } from '@/lib/domain/rooms';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { canonicalEmoji, isEmoji } from '@/lib/platform/text/emoji';
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

test('a reaction is announced to everybody, with `mine` only in the answer', async () => {
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

test('a repeated reaction or removal changes nothing and is not announced', async () => {
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

test('emoji keep the order in which they first appeared', async () => {
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

test('a message takes 20 different emoji, and any number of people for each', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  for (const emoji of kinds.slice(0, 20)) await addReaction(grace.id, id, emoji);
  expect(await codeOf(addReaction(grace.id, id, kinds[20]!))).toBe('CONFLICT');
  expect((await addReaction(ada.id, id, kinds[19]!)).reactions[19]).toMatchObject({ count: 2, mine: true });
});

test('the limit of 20 holds under concurrency', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  const codes = await Promise.all(kinds.map((emoji) => codeOf(addReaction(grace.id, id, emoji))));
  expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(1);
});

test('one emoji is one reaction in every spelling', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  const put = (person: { id: string }, emoji: string) => addReaction(person.id, id, emojiSchema.parse(emoji), room);
  await put(ada, '❤');
  await put(grace, '❤️');
  expect((await put(ada, '👍️')).reactions.map(({ emoji, count }) => [emoji, count])).toEqual([
    ['❤️', 2],
    ['👍', 1],
  ]);
  const { reactions } = await removeReaction(ada.id, id, emojiSchema.parse('❤\uFE0E'), room);
  expect(reactions.map(({ emoji, count }) => [emoji, count])).toEqual([
    ['❤️', 1],
    ['👍', 1],
  ]);
});

test('reactions stored in another spelling are converted to the canonical form, and can be removed', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  const store = (userId: string, emoji: string, minute: number) =>
    pool().query(`INSERT INTO "Reaction" VALUES ($1, $2, $3, make_timestamptz(2026, 1, 1, 0, $4, 0))`, [
      id,
      userId,
      emoji,
      minute,
    ]);
  const stored = () =>
    prisma().reaction.findMany({
      where: { messageId: id },
      orderBy: { createdAt: 'asc' },
      select: { userId: true, emoji: true, createdAt: true },
    });
  // As before the trigger existed.
  await pool().query('ALTER TABLE "Reaction" DISABLE TRIGGER parley_canonical_reaction');
  await store(ada.id, '❤', 1);
  await store(ada.id, '🏃🏽‍♂', 2);
  await store(ada.id, '❤️', 3);
  await store(grace.id, '❤️', 4);
  await store(grace.id, '👍', 5);
  await pool().query('ALTER TABLE "Reaction" ENABLE TRIGGER parley_canonical_reaction');
  const migration = readFileSync('prisma/migrations/20261126000000_one_form_of_text/migration.sql', 'utf8');
  const merging = /^-- Where somebody reacted in both ways[\s\S]*?(?=^-- They can still come)/m.exec(migration)?.[0] ?? '';
  await pool().query(merging);
  // As restored from a month that was archived before.
  await store(grace.id, '❤', 6);
  await store(grace.id, '☺', 7);
  expect((await stored()).map(({ userId, emoji, createdAt }) => [userId, emoji, createdAt.getUTCMinutes()])).toEqual([
    [ada.id, '❤️', 1],
    [ada.id, '🏃🏽‍♂️', 2],
    [grace.id, '❤️', 4],
    [grace.id, '👍', 5],
    [grace.id, '☺️', 7],
  ]);
  expect((await removeReaction(ada.id, id, '❤️')).reactions.map(({ emoji }) => emoji)).not.toContainEqual('❤');
});

test('reactions of the previous version are corrected by the database', async () => {
  const all = [...emojiList()];
  const lacking = all.flatMap((emoji) => (emoji.endsWith('\uFE0F') ? [emoji.slice(0, -1)] : []));
  expect(lacking.length).toBeGreaterThan(200);
  const { rows } = await pool().query<{ emoji: string; lacks: boolean }>(
    'SELECT t AS emoji, parley_lacks_selector(t) AS lacks FROM unnest($1::text[]) t',
    [[...lacking, ...all]],
  );
  for (const { emoji, lacks } of rows) expect([emoji, lacks]).toEqual([emoji, lacking.includes(emoji)]);
});

function* emojiList(): Generator<string> {
  for (const { emoji, skins = [] } of data as { emoji: string; skins?: { emoji: string }[] }[])
    for (const one of [emoji, ...skins.map((skin) => skin.emoji)]) {
      const canonical = canonicalEmoji(one);
      if (isEmoji(canonical)) yield canonical;
    }
}

test('the first 20 people are listed, and all are counted', async () => {
  const crowd = await Promise.all(Array.from({ length: 23 }, () => createPerson()));
  const room = await insertGroup([ada, ...crowd]);
  const { id } = await say(ada, room, 'Hello');
  for (const person of crowd) await addReaction(person.id, id, '👏');
  const { reactions } = await addReaction(ada.id, id, '👏');
  expect(reactions).toEqual([{ emoji: '👏', count: 24, userIds: crowd.slice(0, 20).map((person) => person.id), mine: true }]);
});

test('an outsider cannot react, and gets the same answer for a message that does not exist', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Hello');
  for (const messageId of [id, randomUUID()]) {
    expect(await codeOf(addReaction(mallory.id, messageId, '👍'))).toBe('NOT_FOUND');
    expect(await codeOf(removeReaction(mallory.id, messageId, '👍'))).toBe('NOT_FOUND');
  }
  expect(await prisma().reaction.count({ where: { messageId: id } })).toBe(0);
});

test('a reaction must be exactly one emoji', () => {
  for (const emoji of ['👍', '👍🏽', '❤️', '❤', '🧑‍🚀', '🇩🇪', '#️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])
    expect(emojiSchema.safeParse(emoji).success, emoji).toBe(true);
  for (const text of ['', 'a', '1', '👍👍', '<b>', '👍 ', '\u0000'])
    expect(emojiSchema.safeParse(text).success, text).toBe(false);
});
