import type { QueryClient } from '@tanstack/react-query';
import { keepSeen } from '@/client/receipts/seen';
import { change } from '@/client/state/cache';
import { upsertConversation } from '@/client/state/slices/conversations';
import type { Conversation } from '@/lib/domain/conversations/schema';

/**
 * Takes a whole conversation from an answer: a new one, or what it is now.
 * @param before as it was known when it was asked for: what events said meanwhile is fresher than the answer
 */
export function takeConversation(client: QueryClient, conversation: Conversation, before?: Conversation): void {
  change(client, (state) => upsertConversation(state, conversation, before));
  keepSeen(client, conversation.id);
}
