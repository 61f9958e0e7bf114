import { expect, test } from 'vitest';
import { seeded } from '@/demo/random';
import { storeBatch } from '@/lib/domain/messages/batch';
import { draftMessage } from '@/lib/domain/messages/draft';
import { run } from '@/lib/platform/db/sql';
import { insertGroup } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';

// A single message is stored by a separate statement (parley_send_one), which must have the same effects as parley_send.

const people = await cast('ada', 'grace', 'linus', 'mallory');
const { ada, grace, linus } = people;

/** Conversations with the same history. In one, messages are stored alone; in the other, together with a message of a third one. */
async function twins() {
  const [alone, beside, elsewhere] = [await makeRoom(), await makeRoom(), await insertGroup([ada])];
  const store = async (sender: Person, clientMessageId: string) => {
    const input = { content: `said ${clientMessageId}`, clientMessageId, attachmentIds: [] };
    const other = { content: 'x', clientMessageId: crypto.randomUUID(), attachmentIds: [] };
    const [one] = await storeBatch([draftMessage(sender.id, alone, input)]);
    const [many] = await storeBatch([draftMessage(sender.id, beside, input), draftMessage(ada.id, elsewhere, other)]);
    return { one, many };
  };
  return { alone, beside, store };
}

async function makeRoom(): Promise<string> {
  const room = await insertGroup([ada, grace, linus]);
  await run('test.leave', `UPDATE "Participant" SET "leftAt" = now() WHERE "conversationId" = $1 AND "userId" = $2`, [
    room,
    linus.id,
  ]);
  return room;
}

/** Everything that is stored of a conversation, except ids and times, which differ. */
async function state(room: string) {
  const conversation = await run(
    'test.head',
    `SELECT "lastSeq", "lastRev", "memberRev", "headId" = "lastMessageId" AS same, (SELECT m.seq FROM "Message" m WHERE m.id = c."headId") AS head,
       "lastMessageAt" = (SELECT m."createdAt" FROM "Message" m WHERE m.id = c."lastMessageId") AS "dated"
     FROM "Conversation" c WHERE id = $1`,
    [room],
  );
  const participants = await run(
    'test.participants',
    `SELECT "userId", "lastReadSeq", "ownSinceRead", "lastDeliveredSeq", "readVersion", "lastReadAt" IS NULL AS never, "leftAt" IS NULL AS "isIn"
     FROM "Participant" WHERE "conversationId" = $1 ORDER BY "userId"`,
    [room],
  );
  const messages = await run(
    'test.messages',
    `SELECT m.seq, m.rev, m."senderId", m."clientMessageId", m.type, m.content, m.metadata, m."replyToId", m."editedAt", m."deletedAt",
       date_trunc('milliseconds', m."createdAt") = m."createdAt" AS whole,
       (SELECT s."messageId" = m.id FROM "Sent" s WHERE s."conversationId" = m."conversationId" AND s."senderId" = m."senderId"
         AND s."clientMessageId" = m."clientMessageId") AS sent,
       (SELECT h.rev FROM "Change" h WHERE h."conversationId" = m."conversationId" AND h."messageId" = m.id) AS change
     FROM "Message" m WHERE m."conversationId" = $1 ORDER BY m.id`,
    [room],
  );
  return { conversation, participants, messages };
}

type Outcomes = Awaited<ReturnType<Awaited<ReturnType<typeof twins>>['store']>>;

/** An outcome without ids and times. */
function told(outcome: Outcomes['one']) {
  if (outcome?.status !== 'new') return outcome?.status;
  const { rev, memberRev, readTo, readVersion, message } = outcome;
  const { id: _id, conversationId: _conversation, createdAt: _at, ...said } = message ?? ({} as never);
  return { rev, memberRev, readTo, readVersion, said };
}

test('a single message leaves the same rows as one in a batch: for members, leavers, strangers, retries, read or unread', async () => {
  const { alone, beside, store } = await twins();
  const random = seeded(10);
  const seen = new Set<unknown>();
  for (let step = 0; step < 120; step += 1) {
    const sender = random.pick(Object.values(people));
    const { one, many } = await store(sender, `${random.between(1, 60)}`);
    expect(told(one)).toEqual(told(many));
    seen.add(one?.status === 'new' ? `new, pointer ${one.readTo === null ? 'stays' : 'moves'}` : one?.status);
    if (random.between(1, 4) > 1) continue;
    const back = random.pick([true, false]);
    for (const room of [alone, beside])
      await run('test.read', 'SELECT * FROM parley_read($1, $2, $3, $4)', [room, sender.id, step, back]);
  }
  expect([...seen].toSorted()).toEqual(['again', 'new, pointer moves', 'new, pointer stays', 'refused']);
  expect(await state(alone)).toEqual(await state(beside));
});

test('a single retry is answered with the first message', async () => {
  const { store } = await twins();
  const first = await store(ada, 'once');
  const again = await store(ada, 'once');
  expect(again.one).toEqual({ status: 'again', id: (first.one as { id: string }).id });
});

test('a single message is not stored in a deleted conversation', async () => {
  const { alone, beside, store } = await twins();
  await run('test.delete', 'UPDATE "Conversation" SET "deletedAt" = now() WHERE id = ANY ($1::uuid[])', [[alone, beside]]);
  expect(await store(ada, 'late')).toEqual({ one: { status: 'refused' }, many: { status: 'refused' } });
});
