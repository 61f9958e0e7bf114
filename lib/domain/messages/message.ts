import { removeFilesJob } from '@/lib/domain/attachments/jobs';
import { may } from '@/lib/domain/conversations/permissions';
import { pinsOf } from '@/lib/domain/conversations/shape';
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
export { onMessagesChanged } from '@/lib/domain/messages/listeners';

/**
 * Stores a message and sends it to everybody in the conversation. A retry with a known clientMessageId does not count against the
 * limit and returns the first message.
 * @returns `again`: whether it was such a retry
 * @throws NOT_FOUND
 * @throws RATE_LIMIT_EXCEEDED
 * @throws UNAVAILABLE
 */
export async function sendMessage(
  userId: string,
  conversationId: string,
  input: SendMessageInput,
): Promise<{ message: Message; again: boolean }> {
  // Limiters answer in the order of the calls, so messages that one person sends without waiting stay in order.
  const counted = await takeMessageLimit(userId, conversationId, input.clientMessageId);
  const stored = await append(draftMessage(userId, conversationId, input));
  if (!stored.again) return stored;
  if (counted) await giveBack('message', userId);
  return { message: await shapeMessage(stored.id, userId), again: true };
}

/**
 * Changes the text of one's own message.
 * @param conversationId the conversation that the message must be in, if the caller names one
 * @throws NOT_FOUND
 * @throws FORBIDDEN for a system message and another person's
 * @throws CONFLICT for a deleted message
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
 * Deletes a message and leaves a tombstone, which is not pinned. Repeated, it changes nothing.
 * @throws NOT_FOUND
 * @throws FORBIDDEN unless the person wrote it or may delete others' messages
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
      return { mentioned, wasPinned: found.message.pinnedAt !== null };
    },
    announce: async (buried, { message }) => {
      const tombstone = await shapeMessage(message.id, userId);
      if (!buried) return tombstone;
      broadcastDeleted(tombstone, buried.wasPinned ? await pinsOf(message.conversationId) : undefined);
      await broadcastReadStates(message.conversationId, buried.mentioned, message.seq);
      return tombstone;
    },
  });
}

function refuseSystem(message: FoundMessage['message']): void {
  if (message.type === 'SYSTEM') throw forbidden('What a conversation says of itself stays as it is.');
}
