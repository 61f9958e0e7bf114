import { randomUUID } from 'node:crypto';
import { pool } from '@/lib/platform/db/pool';

/** Every field that any of them needs, each valid. */
export const whole = () => ({
  conversationId: randomUUID(),
  messageId: randomUUID(),
  userId: randomUUID(),
  userIds: [randomUUID()],
  clientMessageId: randomUUID(),
  content: 'Hello',
  emoji: '👍',
  seq: 1,
  since: 0,
  role: 'member',
});

/** Everything a person could have caused to be stored. */
export async function rows() {
  const tables = ['Conversation', 'Participant', 'Message', 'Reaction', 'Change', 'Sent', 'Mention', 'Attachment'];
  const counts = tables.map((name) => `(SELECT count(*) FROM "${name}") AS "${name}"`);
  return (await pool().query(`SELECT ${counts.join(', ')}, (SELECT max("lastRev") FROM "Conversation") AS rev`)).rows[0];
}
