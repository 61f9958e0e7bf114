import type pg from 'pg';
import { changeMessageFor, type MessageRow } from '@/lib/domain/messages/access';
import type { Message } from '@/lib/domain/messages/schema';
import { shapeMessage } from '@/lib/domain/messages/shape';
import { broadcastReaction } from '@/lib/domain/reactions/broadcasts';
import { run } from '@/lib/platform/db/sql';
import { conflict, forbidden } from '@/lib/platform/errors/error';
import { limits } from '@/lib/platform/limits/schema';

/**
 * Adds a reaction. Repeated, it changes nothing.
 * @param conversationId the conversation that the message must be in, if the caller names one
 * @throws NOT_FOUND
 * @throws FORBIDDEN for a system message
 * @throws CONFLICT for a deleted message, and when it already has too many different emoji
 */
export function addReaction(userId: string, messageId: string, emoji: string, conversationId?: string): Promise<Message> {
  return react(userId, messageId, emoji, conversationId, true);
}

/**
 * Removes a reaction. Repeated, it changes nothing.
 * @throws NOT_FOUND
 * @throws FORBIDDEN for a system message
 */
export function removeReaction(userId: string, messageId: string, emoji: string, conversationId?: string): Promise<Message> {
  return react(userId, messageId, emoji, conversationId, false);
}

function react(userId: string, messageId: string, emoji: string, conversationId: string | undefined, added: boolean) {
  return changeMessageFor(userId, messageId, conversationId, {
    change: async (client, { message }) => {
      refuse(message, added);
      const changed = added ? await add(client, messageId, userId, emoji) : await remove(client, messageId, userId, emoji);
      return changed ? { userId, emoji, added } : null;
    },
    announce: async (change) => {
      const message = await shapeMessage(messageId, userId);
      if (change) broadcastReaction(message, change);
      return message;
    },
  });
}

function refuse(message: MessageRow, added: boolean): void {
  if (message.type === 'SYSTEM') throw forbidden('What a conversation says of itself takes no reactions.');
  if (message.deletedAt && added) throw conflict('That message was deleted.', 'MESSAGE_DELETED');
}

// Both run under the conversation's lock, so the number of different emoji is correct.
async function add(client: pg.PoolClient, messageId: string, userId: string, emoji: string): Promise<boolean> {
  const kinds = await run<{ emoji: string; mine: boolean }>('reactions.kinds', kindsText, [messageId, userId], client);
  const known = kinds.find((kind) => kind.emoji === emoji);
  if (known?.mine) return false;
  if (!known && kinds.length >= limits().reactions)
    throw conflict(`At most ${limits().reactions} kinds of reactions a message.`, 'TOO_MANY_REACTIONS');
  await run('reactions.add', addText, [messageId, userId, emoji], client);
  return true;
}

async function remove(client: pg.PoolClient, messageId: string, userId: string, emoji: string): Promise<boolean> {
  const rows = await run('reactions.remove', removeText, [messageId, userId, emoji], client);
  return rows.length > 0;
}

const kindsText = `SELECT emoji, bool_or("userId" = $2) AS mine FROM "Reaction" WHERE "messageId" = $1 GROUP BY emoji`;

const addText = `INSERT INTO "Reaction" ("messageId", "userId", emoji, "createdAt") VALUES ($1, $2, $3, clock_timestamp())`;

const removeText = `DELETE FROM "Reaction" WHERE "messageId" = $1 AND "userId" = $2 AND emoji = $3 RETURNING emoji`;
