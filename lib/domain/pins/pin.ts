import type pg from 'pg';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { demand } from '@/lib/domain/conversations/permissions';
import { pinsOf } from '@/lib/domain/conversations/shape';
import { changeMessageFor, type FoundMessage } from '@/lib/domain/messages/access';
import { broadcastMessageUpdated } from '@/lib/domain/messages/broadcasts';
import { prepareSystemMessage } from '@/lib/domain/messages/message';
import type { Message } from '@/lib/domain/messages/schema';
import { shapeMessage, shapeMessages } from '@/lib/domain/messages/shape';
import { pageOfPins } from '@/lib/domain/pins/pages';
import type { ListPinsQuery, PinPage } from '@/lib/domain/pins/schema';
import { run } from '@/lib/platform/db/sql';
import { conflict, forbidden } from '@/lib/platform/errors/error';
import { limits } from '@/lib/platform/limits/schema';

/**
 * Pins a message in its conversation, and says so there. Repeated, also by somebody else, it changes nothing.
 * @param conversationId the conversation that the message must be in, if the caller names one
 * @throws NOT_FOUND
 * @throws FORBIDDEN for a system message, and for people who may not pin
 * @throws CONFLICT for a deleted message, and when the conversation already has too many pins
 */
export async function pinMessage(userId: string, messageId: string, conversationId?: string): Promise<Message> {
  const { message, post } = await changeMessageFor(userId, messageId, conversationId, {
    change: async (client, found) => {
      refuse(found);
      if (found.message.deletedAt) throw conflict('That message was deleted.', 'MESSAGE_DELETED');
      return found.message.pinnedAt ? null : add(client, userId, found.message);
    },
    announce: async (posting, { message }) => ({
      message: await announce(userId, message, posting && 'pinned'),
      post: posting,
    }),
  });
  if (post) await post();
  return message;
}

/**
 * Unpins a message, whoever pinned it. Repeated, it changes nothing.
 * @throws NOT_FOUND
 * @throws FORBIDDEN for a system message, and for people who may not pin
 */
export function unpinMessage(userId: string, messageId: string, conversationId?: string): Promise<Message> {
  return changeMessageFor(userId, messageId, conversationId, {
    change: async (client, found) => {
      refuse(found);
      if (!found.message.pinnedAt) return null;
      await run('pins.remove', removeText, [messageId, found.conversation.id], client);
      return 'unpinned' as const;
    },
    announce: (change, { message }) => announce(userId, message, change),
  });
}

/**
 * The pinned messages of a conversation, the one that was pinned last first.
 * @throws NOT_FOUND
 */
export async function listPins(userId: string, conversationId: string, query: ListPinsQuery): Promise<PinPage> {
  await findConversationFor(userId, conversationId);
  const { ids, nextCursor } = await pageOfPins(userId, conversationId, query);
  const messages = await shapeMessages(ids, userId);
  return { pins: messages.map((message) => ({ message })), nextCursor };
}

function refuse(found: FoundMessage): void {
  if (found.message.type === 'SYSTEM') throw forbidden('What a conversation says of itself cannot be pinned.');
  demand('pin', found);
}

/**
 * Runs under the conversation's lock, so the number of pins is correct.
 * @returns a function that posts the system message
 */
async function add(
  client: pg.PoolClient,
  userId: string,
  { id, conversationId }: FoundMessage['message'],
): Promise<() => Promise<void>> {
  const [row] = await run<{ count: number }>('pins.count', countText, [conversationId], client);
  if (row && row.count >= limits().pins)
    throw conflict(`At most ${limits().pins} pinned messages a conversation.`, 'TOO_MANY_PINS');
  await run('pins.add', addText, [id, conversationId, userId], client);
  return prepareSystemMessage(client, conversationId, userId, { action: 'pinned', messageId: id });
}

async function announce(
  userId: string,
  { id, conversationId }: FoundMessage['message'],
  change: 'pinned' | 'unpinned' | null,
): Promise<Message> {
  const message = await shapeMessage(id, userId);
  if (change) broadcastMessageUpdated(message, change, await pinsOf(conversationId));
  return message;
}

const countText = `SELECT count(*)::int AS count FROM "Pin" WHERE "conversationId" = $1`;

// Later than every other pin of the conversation, so that their order is that of the changes.
const addText = `
  WITH pinned AS (INSERT INTO "Pin" ("messageId", "conversationId", "userId", "createdAt")
    SELECT $1, $2, $3, greatest(clock_timestamp(), max(k."createdAt") + interval '1 ms') FROM "Pin" k WHERE k."conversationId" = $2)
  UPDATE "Conversation" SET "pinVersion" = "pinVersion" + 1 WHERE id = $2`;

const removeText = `
  WITH unpinned AS (DELETE FROM "Pin" WHERE "messageId" = $1)
  UPDATE "Conversation" SET "pinVersion" = "pinVersion" + 1 WHERE id = $2`;
