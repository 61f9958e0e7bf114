import '@/tests/support/past';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { archiveOldMonths, listArchives } from '@/lib/domain/archives/archive';
import { listConversations } from '@/lib/domain/conversations/conversation';
import { shapeConversation } from '@/lib/domain/conversations/shape';
import { deleteMessage, editMessage, listChanges, listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { addReaction } from '@/lib/domain/reactions/reaction';
import { markDelivered, markRead, markUnread } from '@/lib/domain/receipts/receipt';
import { pool } from '@/lib/platform/db/pool';
import { keepTail, reading } from '@/tests/support/kept';
import type { Person } from '@/tests/support/people';
import { codeOf, say } from '@/tests/support/talk';
import { asUpkeep } from '@/tests/support/upkeep';
import { archiveJanuary, aYear, restoreJanuary, type Year } from '@/tests/support/year';

let year: Year;

beforeAll(async () => {
  year = await aYear();
});

beforeEach(async () => {
  const [archived] = await listArchives();
  if (archived?.state !== 'ARCHIVED') await archiveJanuary();
});

const history = (query: object, room = year.room) => listMessages(year.grace.id, room, historySchema.parse(query));
const idsOf = (messages: { id: string }[]) => messages.map(({ id }) => id);
const unreadOf = async ({ id }: Person, room = year.room) => (await shapeConversation(room, id)).me;

/** Others' messages after a person's read pointer: the definition of unread. */
async function unreadThere({ id }: Person, room = year.room): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Message" m JOIN "Participant" p ON p."conversationId" = m."conversationId" AND p."userId" = $2
     WHERE m."conversationId" = $1 AND m.type <> 'SYSTEM' AND m.seq > p."lastReadSeq" AND m."senderId" <> $2`,
    [room, id],
  );
  return rows[0]!.count;
}

test('history ends at the oldest message that is kept', async () => {
  const kept = idsOf(year.february);
  const page = await history({ limit: 50 });
  expect(idsOf(page.messages).slice(0, kept.length)).toEqual(kept);
  expect(page).toMatchObject({ hasMore: false, prevCursor: null });
  expect(await history({ before: kept[0], limit: 10 })).toMatchObject({ messages: [], hasMore: false, prevCursor: null });
});

test('paging on from a message archived meanwhile reaches the end without an error', async () => {
  const { january, february } = year;
  expect(await history({ before: january[2]!.id })).toMatchObject({ messages: [], hasMore: false, prevCursor: null });
  const newer = await history({ after: january[2]!.id, limit: 2 });
  expect(idsOf(newer.messages)).toEqual(idsOf(february).slice(0, 2));
  expect(await codeOf(history({ around: january[2]!.id }))).toBe('NOT_FOUND');
});

test('an outsider finds nothing of the conversation, before and after', async () => {
  const asMallory = (query: object) => listMessages(year.mallory.id, year.room, historySchema.parse(query));
  expect(await codeOf(asMallory({ before: year.january[2]!.id }))).toBe('NOT_FOUND');
  expect(await codeOf(restoreJanuary().then(() => asMallory({ before: year.january[2]!.id })))).toBe('NOT_FOUND');
});

test('a message of another conversation is still no valid cursor', async () => {
  expect(await codeOf(history({ before: year.february[0]!.id }, year.quiet))).toBe('NOT_FOUND');
});

test('a reply to an archived message stays without its quote, and has it again after restoring', async () => {
  const { id } = year.february[0]!;
  const answer = async () => (await history({})).messages.find((message) => message.id === id);
  expect(await answer()).toMatchObject({ content: 'February', replyTo: null });
  await restoreJanuary();
  expect(await answer()).toMatchObject({ content: 'February', replyTo: { id: year.january[0]!.id } });
});

test('a cached newest page is not shown after one of its months is archived or restored', async () => {
  const page = async () => {
    const { page, kept } = await reading(year.ada, year.quiet);
    await keepTail(year.ada, year.quiet);
    return { ids: idsOf(page.messages), kept };
  };
  await page();
  await restoreJanuary();
  const back = await page();
  expect(back).toMatchObject({ ids: [expect.any(String), expect.any(String)], kept: false });
  await archiveJanuary();
  // Archived again, as before it was restored, when this page was kept in memory.
  expect((await page()).ids).toEqual([]);
  await restoreJanuary();
  expect((await page()).ids).toEqual(back.ids);
});

test('an archived message can be neither edited, deleted, reacted to nor quoted', async () => {
  const { ada, room, january } = year;
  const { id } = january[0]!;
  expect(await codeOf(editMessage(ada.id, id, 'changed'))).toBe('NOT_FOUND');
  expect(await codeOf(deleteMessage(ada.id, id))).toBe('NOT_FOUND');
  expect(await codeOf(addReaction(ada.id, id, '🎉'))).toBe('NOT_FOUND');
  expect(await codeOf(say(ada, room, 'about that', { replyToId: id }))).toBe('NOT_FOUND');
});

test('a client that missed a change of an archived message gets a reset, and others do not', async () => {
  const { grace, room, february } = year;
  const behind = await listChanges(grace.id, room, { since: 2, limit: 100 });
  expect(behind).toMatchObject({ reset: true, messages: [], more: false });
  expect(behind.rev).toBe(behind.conversation.lastRev);
  const since = february[0]!.rev - 1;
  const caught = await listChanges(grace.id, room, { since, limit: 2 });
  expect(caught).toMatchObject({ reset: false });
  expect(idsOf(caught.messages)).toEqual(idsOf(february).slice(0, 2));
});

test('an archived message is not unread, and no pointer goes back to it', async () => {
  const { ada, grace, linus, room, january } = year;
  const end = Math.max(...january.map(({ seq }) => seq));
  for (const person of [ada, grace, linus]) {
    const me = (await unreadOf(person))!;
    expect(me.lastReadSeq).toBeGreaterThanOrEqual(end);
    expect(me.unreadCount).toBe(await unreadThere(person));
  }
  expect((await unreadOf(linus))!).toMatchObject({ lastReadSeq: end, mentionCount: 1 });
  expect((await unreadOf(linus))!.unreadCount).toBeGreaterThan(2);

  await markRead(grace.id, room);
  const back = await markUnread(grace.id, room, 1);
  expect(back.lastReadSeq).toBe(end);
  expect(back.unreadCount).toBe(await unreadThere(grace));
  expect(await markRead(linus.id, room, 2)).toMatchObject({ lastReadSeq: end });
  await markDelivered(linus.id, room, 1);
});

test('a conversation with only archived messages is listed, opens, and continues its numbering', async () => {
  const { ada, grace, quiet } = year;
  const before = await shapeConversation(quiet, grace.id);
  expect(before).toMatchObject({ lastSeq: 2, lastMessage: null, me: { unreadCount: 0, lastReadSeq: 2 } });
  expect((await listConversations(grace.id, { limit: 50 })).conversations.map(({ id }) => id)).toContain(quiet);
  expect(await history({}, quiet)).toMatchObject({ messages: [], hasMore: false, prevCursor: null, nextCursor: null });
  expect(await listChanges(grace.id, quiet, { since: before.lastRev, limit: 10 })).toMatchObject({
    reset: false,
    messages: [],
  });

  const next = await say(ada, quiet, 'Is anybody here?');
  expect(next).toMatchObject({ seq: 3, rev: before.lastRev + 1 });
  expect(await unreadOf(grace, quiet)).toMatchObject({ unreadCount: 1 });
  expect(idsOf((await history({}, quiet)).messages)).toEqual([next.id]);
  expect((await shapeConversation(quiet, grace.id)).lastMessage?.id).toBe(next.id);

  await restoreJanuary();
  expect((await history({}, quiet)).messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('after a month in the middle is archived, unread counts only existing messages', async () => {
  const { grace, linus, room } = year;
  await restoreJanuary();
  await asUpkeep((lease) => archiveOldMonths(lease, 1));
  expect((await listArchives()).map(({ month, state }) => [month, state]).slice(0, 2)).toEqual([
    ['2026-01', 'RESTORED'],
    ['2026-02', 'ARCHIVED'],
  ]);
  for (const person of [grace, linus]) expect((await unreadOf(person))!.unreadCount).toBe(await unreadThere(person));
  const back = await markUnread(grace.id, room, 3);
  expect(back).toMatchObject({ lastReadSeq: Math.max(...year.february.map(({ seq }) => seq)) });
  expect(back.unreadCount).toBe(await unreadThere(grace));
});
