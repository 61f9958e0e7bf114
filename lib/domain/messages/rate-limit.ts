import { run } from '@/lib/platform/db/sql';
import { ParleyError } from '@/lib/platform/errors/error';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';

/**
 * Counts a message against its sender's limit. A retry of a stored message is allowed even over the limit.
 * @returns whether it was counted
 * @throws RATE_LIMIT_EXCEEDED
 */
export async function takeMessageLimit(
  userId: string,
  conversationId: string,
  clientMessageId: string | undefined,
): Promise<boolean> {
  try {
    await takeLimit('message', userId);
    return true;
  } catch (error) {
    const isLimited = error instanceof ParleyError && error.code === 'RATE_LIMIT_EXCEEDED';
    if (!isLimited || !clientMessageId || !(await isKnown(userId, conversationId, clientMessageId))) throw error;
    return false;
  }
}

async function isKnown(userId: string, conversationId: string, clientMessageId: string): Promise<boolean> {
  const rows = await run('messages.sent', sentText, [conversationId, userId, clientMessageId]);
  return rows.length > 0;
}

const sentText = `SELECT 1 FROM "Sent" WHERE "conversationId" = $1 AND "senderId" = $2 AND "clientMessageId" = $3`;
