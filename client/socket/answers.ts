import type { QueryClient } from '@tanstack/react-query';
import { keepSeen } from '@/client/receipts/seen';
import { change } from '@/client/state/cache';
import { upsertConversation } from '@/client/state/slices/conversations';
import type { Conversation } from '@/lib/domain/conversations/schema';

/**
 * Puts a conversation from a response into the cache.
 * @param before the cached conversation at the time of the request; later events are more recent than the response
 */
export function takeConversation(client: QueryClient, conversation: Conversation, before?: Conversation): void {
  change(client, (state) => upsertConversation(state, conversation, before));
  keepSeen(client, conversation.id);
}
