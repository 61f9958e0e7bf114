import { memberIdsOf } from '@/lib/domain/conversations/access';
import { enterConversation, exitConversation } from '@/lib/domain/conversations/audience';
import { cancelRemovalNotice } from '@/lib/domain/conversations/removal-notices';
import { membershipsOf, shapeForEach, shapeForEverybody } from '@/lib/domain/conversations/shape';
import { emit } from '@/lib/domain/emit';
import { userRoom } from '@/lib/domain/rooms';

/** Adds these people's sockets to the audience, then sends each of them the conversation with their own `me`. */
export async function broadcastCreated(conversationId: string, userIds: string[]): Promise<void> {
  enterConversation(conversationId, userIds);
  for (const { userId, conversation } of await shapeForEach(conversationId, userIds))
    emit('conversation.created', userId, { conversation });
}

/** Sends the conversation to everybody in it, without `me`. */
export async function broadcastUpdated(conversationId: string): Promise<void> {
  emit('conversation.updated', conversationId, { conversation: await shapeForEverybody(conversationId) });
}

/** Sends each of these people (by default everybody in it) their membership, on all of their devices. */
export async function broadcastMemberships(conversationId: string, userIds?: string[]): Promise<void> {
  const memberships = await membershipsOf(conversationId, userIds ?? (await memberIdsOf(conversationId)));
  for (const { userId, me } of memberships) emit('membership.updated', userId, { conversationId, me });
}

/** Takes these people's sockets out first, so that they receive none of the conversation's later events. */
export function broadcastRemoved(conversationId: string, userIds: string[], reason: 'left' | 'removed' | 'deleted'): void {
  exitConversation(conversationId, userIds);
  cancelRemovalNotice(conversationId, userIds.map(userRoom));
  for (const userId of userIds) emit('conversation.removed', userId, { conversationId, reason });
}

/** To every device of this person alone. */
export function broadcastDraft(userId: string, conversationId: string, draft: string, version: number): void {
  emit('draft.updated', userId, { conversationId, draft, version });
}
