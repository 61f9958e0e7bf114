import { enterConversation, exitConversation } from '@/lib/domain/conversations/audience';
import { removalAnnounced } from '@/lib/domain/conversations/removals';
import { shapeForEach, shapeForEverybody } from '@/lib/domain/conversations/shape';
import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { emit } from '@/lib/platform/realtime/emit';

/** Brings these people's sockets in, then tells each of them, with their own `me`. */
export async function broadcastCreated(conversationId: string, userIds: string[]): Promise<void> {
  enterConversation(conversationId, userIds);
  for (const { userId, conversation } of await shapeForEach(conversationId, userIds))
    emit(userRoom(userId), 'conversation.created', { conversation });
}

/** Tells everybody in it, without `me`. */
export async function broadcastUpdated(conversationId: string): Promise<void> {
  emit(membersRoom(conversationId), 'conversation.updated', { conversation: await shapeForEverybody(conversationId) });
}

/** Takes these people's sockets out first: nothing about it follows what they are told here. */
export function broadcastRemoved(conversationId: string, userIds: string[], reason: 'left' | 'removed' | 'deleted'): void {
  exitConversation(conversationId, userIds);
  removalAnnounced(conversationId, userIds.map(userRoom));
  for (const userId of userIds) emit(userRoom(userId), 'conversation.removed', { conversationId, reason });
}

/** To every device of this person alone. */
export function broadcastDraft(userId: string, conversationId: string, draft: string): void {
  emit(userRoom(userId), 'draft.updated', { conversationId, draft });
}
