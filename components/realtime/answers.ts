import type { QueryClient } from '@tanstack/react-query';
import { change } from '@/components/realtime/cache';
import { upsertConversation } from '@/components/realtime/reducer';
import { keepSeen } from '@/components/receipts/seen';
import type { Conversation } from '@/lib/conversations/schema';

/**
 * Takes a whole conversation from an answer: a new one, or what it is now.
 * @param before as it was known when it was asked for: what events said meanwhile is fresher than the answer
 */
export function takeConversation(client: QueryClient, conversation: Conversation, before?: Conversation): void {
  change(client, (state) => upsertConversation(state, conversation, before));
  keepSeen(client, conversation.id);
}
