import { expect, test } from 'vitest';
import { deleteMessage, editMessage, listChanges } from '@/lib/domain/messages/message';
import { changesSchema } from '@/lib/domain/messages/schema';
import { addReaction } from '@/lib/domain/reactions/reaction';
import { prisma } from '@/lib/platform/db/prisma';
import { insertGroup } from '@/tests/support/conversations';
import { cast } from '@/tests/support/people';
import { codeOf, postSystemMessage, say, sayMany } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '10000/60';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');

const changes = (conversationId: string, query: object) => listChanges(grace.id, conversationId, changesSchema.parse(query));

test('new, edited, deleted and reacted messages each come once, in their current state, in rev order', async () => {
  const room = await insertGroup([ada, grace]);
  const [one, two, three] = await sayMany(ada, room, 3);
  await editMessage(ada.id, one!.id, 'Edited');
  await addReaction(grace.id, two!.id, '🎉');
  await deleteMessage(ada.id, three!.id);
  const note = await postSystemMessage(room, ada.id, { action: 'renamed', actorId: ada.id, name: 'x' });
  const page = await changes(room, { since: 0 });
  expect(page).toMatchObject({
    rev: 7,
    more: false,
    reset: false,
    conversation: { id: room, lastRev: 7, me: { unreadCount: 3 } },
  });
  expect(page.messages.map(({ id, rev }) => [id, rev])).toEqual([
    [one!.id, 4],
    [two!.id, 5],
    [three!.id, 6],
    [note.id, 7],
  ]);
  expect(page.messages[0]?.content).toBe('Edited');
  expect(page.messages[1]?.reactions).toEqual([{ emoji: '🎉', count: 1, userIds: [grace.id], mine: true }]);
  expect(page.messages[2]?.deletedAt).not.toBeNull();
});

test('paging through the changes ends at the newest rev and shows each message', async () => {
  const room = await insertGroup([ada, grace]);
  const sent = await sayMany(ada, room, 5);
  await editMessage(ada.id, sent[0]!.id, 'Edited');
  const seen: string[] = [];
  let since = 0;
  for (let more = true; more; ) {
    const page = await changes(room, { since, limit: 2 });
    expect(page.rev).toBeGreaterThan(since);
    seen.push(...page.messages.map(({ id }) => id));
    ({ rev: since, more } = page);
  }
  expect(since).toBe(6);
  expect(seen).toEqual([...sent.slice(1), sent[0]!].map(({ id }) => id));
});

test('at the newest rev the list is empty', async () => {
  const room = await insertGroup([ada, grace]);
  expect(await changes(room, { since: 0 })).toMatchObject({ messages: [], rev: 0, more: false, reset: false });
  await say(ada, room, 'One');
  expect(await changes(room, { since: 1 })).toMatchObject({ messages: [], rev: 1, more: false, reset: false });
});

test('a client beyond the newest rev, too far behind, or behind the kept changes, gets a reset', async () => {
  const room = await insertGroup([ada, grace]);
  await sayMany(ada, room, 1_001);
  const reset = { messages: [], rev: 1_001, more: false, reset: true };
  expect(await changes(room, { since: 1_002 })).toMatchObject(reset);
  expect(await changes(room, { since: 0 })).toMatchObject(reset);
  const whole = await changes(room, { since: 1, limit: 5_000 });
  expect(whole).toMatchObject({ rev: 1_001, more: false, reset: false });
  expect(whole.messages).toHaveLength(1_000);
  await prisma().change.deleteMany({ where: { conversationId: room, rev: { lte: 500 } } });
  expect(await changes(room, { since: 499 })).toMatchObject(reset);
  expect((await changes(room, { since: 500, limit: 1_000 })).messages).toHaveLength(501);
  await prisma().change.deleteMany({ where: { conversationId: room } });
  expect(await changes(room, { since: 1_000 })).toMatchObject(reset);
  expect(await changes(room, { since: 1_001 })).toMatchObject({ rev: 1_001, reset: false });
}, 60_000);

test('an outsider gets no changes', async () => {
  const room = await insertGroup([ada, grace]);
  await say(ada, room, 'Secret');
  expect(await codeOf(listChanges(mallory.id, room, changesSchema.parse({ since: 0 })))).toBe('NOT_FOUND');
  await prisma().participant.updateMany({ where: { conversationId: room, userId: grace.id }, data: { leftAt: new Date() } });
  expect(await codeOf(changes(room, { since: 0 }))).toBe('NOT_FOUND');
});
