import { expect, test } from 'vitest';
import { shapeConversation } from '@/lib/domain/conversations/shape';
import { deleteMessage, editMessage, listChanges } from '@/lib/domain/messages/message';
import { joinConversation, removeParticipant } from '@/lib/domain/participants/participant';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { markRead, markUnread } from '@/lib/domain/receipts/receipt';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { cast, type Person } from '@/tests/support/people';
import { say } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '100000/60';

const { ada, grace, linus, alan } = await cast('ada', 'grace', 'linus', 'alan');

interface Stored {
  id: string;
  seq: number;
  rev: number;
  senderId: string;
  content: string;
}

async function stored(room: string): Promise<Stored[]> {
  const text = `SELECT id, seq, rev, "senderId", content FROM "Message" WHERE "conversationId" = $1 AND type <> 'SYSTEM' ORDER BY id`;
  return (await pool().query<Stored>(text, [room])).rows;
}

/** A fixed seed, so that failures can be reproduced. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

test('seq has no gap or duplicate and agrees with id order under concurrent sends, and events come in that order', async () => {
  const senders = [ada, grace, linus, alan] as const;
  const room = await insertGroup([...senders]);
  const capture = captureEvents();
  const attempts = Array.from({ length: 200 }, (_, n) => say(senders[n % 4]!, room, `${n}`, { clientMessageId: `${n >> 3}` }));
  // Another node has its own queues, so only the row lock orders the two.
  const elsewhere = Array.from({ length: 100 }, (_, n) => insertMessage(room, senders[n % 4]!, 'x'));
  const answers = await Promise.all(attempts);
  await Promise.all(elsewhere);
  const rows = await stored(room);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.map(({ rev }) => rev)).toEqual(rows.map((_, index) => index + 1));
  expect(rows).toHaveLength(100 + 100);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(100);
  const heard = capture.named('message.received').flatMap(({ payload }) => payload.messages.map(({ seq }) => seq));
  expect(heard).toEqual([...heard].sort((a, b) => a - b));
  expect(heard).toHaveLength(100);
});

test('one person’s concurrent sends keep their order', async () => {
  const room = await insertGroup([ada, grace]);
  await Promise.all(Array.from({ length: 50 }, (_, n) => say(ada, room, n % 3 ? `${n}` : `${n} @grace`)));
  expect((await stored(room)).map(({ content }) => Number.parseInt(content, 10))).toEqual(
    Array.from({ length: 50 }, (_, n) => n),
  );
});

test('a client that follows the changes while others write misses nothing', async () => {
  const room = await insertGroup([ada, grace, linus]);
  const seen = new Map<string, number>();
  let writing = true;
  let since = 0;
  const follow = async () => {
    const page = await listChanges(linus.id, room, { since, limit: 50 });
    expect(page.reset).toBe(false);
    for (const message of page.messages) seen.set(message.id, Math.max(message.rev, seen.get(message.id) ?? 0));
    since = page.rev;
    return page.more;
  };
  const reader = (async () => {
    while (writing) await follow();
    while (await follow());
  })();
  const write = async (person: Person, roll: (sides: number) => number) => {
    for (let n = 0; n < 60; n += 1) {
      const id = n % 2 ? await insertMessage(room, person, 'elsewhere') : (await say(person, room, 'here')).id;
      if (roll(3) === 0) await editMessage(person.id, id, 'edited');
      if (roll(3) === 0) await addReaction(ada.id, id, '👍');
      if (roll(6) === 0) await deleteMessage(person.id, id);
    }
  };
  await Promise.all([write(ada, dice(1)), write(grace, dice(2)), write(grace, dice(3))]);
  writing = false;
  await reader;
  const rows = await stored(room);
  expect(rows).toHaveLength(180);
  expect(new Map([...seen].sort())).toEqual(new Map(rows.map(({ id, rev }) => [id, rev] as [string, number]).sort()));
});

test('the unread count equals the messages of others after the pointer, after any interleaving', async () => {
  const people = [ada, grace, linus, alan] as const;
  for (const seed of [11, 12, 13]) {
    const room = await insertGroup([...people], 'PUBLIC');
    const act = async (person: Person, roll: (sides: number) => number) => {
      for (let n = 0; n < 50; n += 1) await anything(person, room, roll).catch(unlessRefused);
    };
    await Promise.all(people.map((person, index) => act(person, dice(seed * 100 + index))));
    for (const person of people) await joinConversation(person.id, room);
    const rows = await stored(room);
    for (const person of people) {
      const { me } = await shapeConversation(room, person.id);
      const unread = rows.filter(({ seq, senderId }) => seq > me!.lastReadSeq && senderId !== person.id).length;
      expect(me!.unreadCount, `${person.name}, seed ${seed}`).toBe(unread);
      expect(await markRead(person.id, room)).toEqual({ lastReadSeq: rows.length, unreadCount: 0 });
    }
  }
}, 60_000);

async function anything(person: Person, room: string, roll: (sides: number) => number): Promise<unknown> {
  const rows = await stored(room);
  const any = rows[roll(Math.max(rows.length, 1))];
  const what = roll(10);
  if (what < 4 || !any) return roll(2) ? say(person, room, 'for @grace and @linus') : insertMessage(room, person, 'elsewhere');
  if (what === 4) return markRead(person.id, room, roll(2) ? undefined : any.seq);
  if (what === 5) return markUnread(person.id, room, any.seq);
  if (what === 6) return editMessage(person.id, any.id, 'for @alan');
  if (what === 7) return deleteMessage(person.id, any.id);
  if (what === 8) return roll(2) ? addReaction(person.id, any.id, '👍') : removeReaction(person.id, any.id, '👍');
  return roll(2) ? removeParticipant(person.id, room, person.id) : joinConversation(person.id, room);
}

/** Ignores refusals, because people may have left or lack the permission. */
function unlessRefused(error: { code?: string; message: string }): void {
  const refused =
    ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT'].includes(error.code ?? '') || error.message.includes('was not stored: NOT_FOUND');
  if (!refused) throw error;
}
