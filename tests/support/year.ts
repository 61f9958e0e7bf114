import { archiveMonth, type Restored, restoreMonth } from '@/lib/domain/archives/archive';
import { upload } from '@/lib/domain/attachments/attachment';
import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import type { Message } from '@/lib/domain/messages/schema';
import { addReaction } from '@/lib/domain/reactions/reaction';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup } from '@/tests/support/conversations';
import { at, settableClock } from '@/tests/support/past';
import { cast, type Person } from '@/tests/support/people';
import { postSystemMessage, say } from '@/tests/support/talk';
import { asUpkeep } from '@/tests/support/upkeep';
import { formRequest } from '@/tests/support/uploads';

/** A fixed time in the past, so that no test depends on the current date. */
export const january = '2026-01';

export interface Year {
  ada: Person;
  grace: Person;
  /** a member who has read nothing */
  linus: Person;
  mallory: Person;
  /** a group with messages in January and later */
  room: string;
  /** a group with messages in January only */
  quiet: string;
  january: Message[];
  february: Message[];
  /** a reaction to a message of January */
  fileId: string;
}

/** A group with every kind of change of messages, in January and February, and a second group with messages in January only. */
export async function aYear(): Promise<Year> {
  await settableClock('2026-01-01Z');
  const { ada, grace, linus, mallory } = await cast('ada', 'grace', 'linus', 'mallory');
  const room = await insertGroup([ada, grace, linus]);
  const quiet = await insertGroup([ada, grace]);
  const attachment = await upload(ada.id, formRequest('kept for years', 'plan.txt'));
  const before = await at('2026-01-31T23:59:00Z', () => lively(room, quiet, ada, grace, linus, attachment.id));
  const after = await at('2026-02-01T00:00:00Z', async () => [
    await say(grace, room, 'February', { replyToId: before[0]!.id }),
    await say(ada, room, 'answered @grace @linus'),
    await say(linus, room, 'Still nothing'),
    await say(grace, room, 'and so on'),
  ]);
  return { ada, grace, linus, mallory, room, quiet, january: before, february: after, fileId: attachment.id };
}

async function lively(
  room: string,
  quiet: string,
  ada: Person,
  grace: Person,
  linus: Person,
  fileId: string,
): Promise<Message[]> {
  const said = [
    await say(ada, room, 'January, with a line\u2028that is none, "quotes", \\ and 🎉\nand a second line'),
    await say(grace, room, 'to be edited'),
    await say(ada, room, 'to be deleted @grace'),
    await say(grace, room, 'hello @ada', { metadata: { precise: 0.1, deep: [{ a: null }] } }),
    await say(ada, room, 'the plan', { attachmentIds: [fileId] }),
    await say(linus, room, 'I have read nothing'),
  ];
  await postSystemMessage(room, ada.id, { action: 'renamed', actorId: ada.id, name: 'Engine room' });
  await pool().query(`UPDATE "Message" SET metadata = '{"n": 12345678901234567890.123456789}' WHERE id = $1`, [said[0]!.id]);
  await editMessage(grace.id, said[1]!.id, 'was edited, @ada');
  await deleteMessage(ada.id, said[2]!.id);
  await addReaction(grace.id, said[0]!.id, '👍');
  await addReaction(ada.id, said[0]!.id, '👍');
  await addReaction(ada.id, said[3]!.id, '🎉');
  // Without the system message, which would come later.
  await pool().query(`INSERT INTO "Pin" ("messageId", "conversationId", "userId") VALUES ($1, $2, $3)`, [
    ...[said[3]!.id, room, ada.id],
  ]);
  await say(ada, quiet, 'only once');
  await say(grace, quiet, 'and never again');
  return said;
}

/** Archives January, regardless of the settings. */
export const archiveJanuary = (reached?: Parameters<typeof archiveMonth>[2]) =>
  asUpkeep((lease) => archiveMonth(lease, january, reached));

export async function restoreJanuary(keepDays = 1): Promise<Restored> {
  let restored: Restored | undefined;
  await asUpkeep(async (lease) => {
    restored = await restoreMonth(lease, january, keepDays);
  });
  if (!restored) throw new Error('Nothing was restored.');
  return restored;
}
