import { removeFilesJob } from '@/lib/domain/attachments/jobs';
import { may } from '@/lib/domain/conversations/permissions';
import { changeMessageFor, type FoundMessage } from '@/lib/domain/messages/access';
import { broadcastDeleted, broadcastEdited } from '@/lib/domain/messages/broadcasts';
import { draftMessage } from '@/lib/domain/messages/draft';
import { mentionedIn, replaceMentions } from '@/lib/domain/messages/mentions';
import { rewriteMessage, tombstoneMessage } from '@/lib/domain/messages/mutations';
import { takeMessageLimit } from '@/lib/domain/messages/rate-limit';
import type { Message, SendMessageInput } from '@/lib/domain/messages/schema';
import { shapeMessage } from '@/lib/domain/messages/shape';
import { append } from '@/lib/domain/messages/writer';
import { broadcastReadStates } from '@/lib/domain/receipts/broadcasts';
import { conflict, forbidden } from '@/lib/platform/errors/error';
import { enqueue } from '@/lib/platform/jobs/queue';
import { giveBack } from '@/lib/platform/rate-limits/limiter';

export { listChanges } from '@/lib/domain/messages/change-feed';
export { listMessages } from '@/lib/domain/messages/history';
export { prepareSystemMessage } from '@/lib/domain/messages/jobs';

/**
 * Stores a message and tells everybody in the conversation; a retry with a known clientMessageId costs nothing and gives
 * back the first one.
 * @returns again: it was such a retry
 * @throws NOT_FOUND, RATE_LIMIT_EXCEEDED, UNAVAILABLE
 */
export async function sendMessage(
  userId: string,
  conversationId: string,
  input: SendMessageInput,
): Promise<{ message: Message; again: boolean }> {
  const taken = takeMessageLimit(userId, conversationId, input.clientMessageId);
  const counted = taken instanceof Promise ? await taken : taken;
  // Nothing is awaited between the limit and the queue: what one person sends without waiting stays in that order.
  const stored = await append(draftMessage(userId, conversationId, input));
  if (!stored.again) return stored;
  if (counted) await giveBack('message', userId);
  return { message: await shapeMessage(stored.id, userId), again: true };
}

/**
 * Gives a message of one's own another text.
 * @param conversationId where it must be, if the caller names a place
 * @throws NOT_FOUND, FORBIDDEN for another's or a system message, CONFLICT for a deleted one
 */
export function editMessage(userId: string, messageId: string, content: string, conversationId?: string): Promise<Message> {
  return changeMessageFor(userId, messageId, conversationId, {
    change: async (client, { message }) => {
      refuseSystem(message);
      if (message.senderId !== userId) throw forbidden('Only its author can edit a message.', 'NOT_AUTHOR');
      if (message.deletedAt) throw conflict('That message was deleted.', 'MESSAGE_DELETED');
      await rewriteMessage(message.id, content, client);
      return replaceMentions(message, await mentionedIn(content, message.conversationId, userId, client), client);
    },
    announce: async (mentioned, { message }) => {
      const edited = await shapeMessage(message.id, userId);
      broadcastEdited(edited);
      await broadcastReadStates(message.conversationId, mentioned ?? [], message.seq);
      return edited;
    },
  });
}

/**
 * Leaves a tombstone of a message; of a tombstone, itself.
 * @throws NOT_FOUND, FORBIDDEN unless one wrote it or is an admin of the group
 */
export function deleteMessage(userId: string, messageId: string, conversationId?: string): Promise<Message> {
  return changeMessageFor(userId, messageId, conversationId, {
    change: async (client, found) => {
      refuseSystem(found.message);
      if (found.message.senderId !== userId && !may('deleteMessages', found))
        throw forbidden('Only its author or an admin of the group can delete a message.', 'NOT_DELETER');
      if (found.message.deletedAt) return null;
      const attachmentIds = await tombstoneMessage(messageId, client);
      const mentioned = await replaceMentions(found.message, [], client);
      if (attachmentIds.length > 0) await enqueue(client, removeFilesJob, { attachmentIds });
      return { mentioned };
    },
    announce: async (buried, { message }) => {
      const tombstone = await shapeMessage(message.id, userId);
      if (!buried) return tombstone;
      broadcastDeleted(tombstone);
      await broadcastReadStates(message.conversationId, buried.mentioned, message.seq);
      return tombstone;
    },
  });
}

function refuseSystem(message: FoundMessage['message']): void {
  if (message.type === 'SYSTEM') throw forbidden('What a conversation says of itself stays as it is.');
}
