import { randomUUID } from 'node:crypto';
import { pool } from '@/lib/platform/db/pool';

/** A valid value for every field that any operation needs. */
export const whole = () => ({
  conversationId: randomUUID(),
  messageId: randomUUID(),
  userId: randomUUID(),
  userIds: [randomUUID()],
  undoId: randomUUID(),
  clientMessageId: randomUUID(),
  content: 'Hello',
  emoji: '👍',
  seq: 1,
  since: 0,
  role: 'member',
});

/** Every row that a person's requests could have created. */
export async function rows() {
  const tables = ['Conversation', 'Participant', 'Message', 'Reaction', 'Change', 'Sent', 'Mention', 'Pin', 'Attachment'];
  const counts = tables.map((name) => `(SELECT count(*) FROM "${name}") AS "${name}"`);
  return (await pool().query(`SELECT ${counts.join(', ')}, (SELECT max("lastRev") FROM "Conversation") AS rev`)).rows[0];
}
