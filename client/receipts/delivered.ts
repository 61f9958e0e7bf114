import { tell } from '@/client/socket/socket';
import type { Conversation } from '@/lib/domain/conversations/schema';

const everyMs = 1_000;
/** The server tells nobody in larger conversations. */
const toldUpTo = 50;

const waiting = new Map<string, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** This device has it; told at most once a second. */
export function noteDelivered(conversation: Conversation, seq: number): void {
  if (conversation.participantCount > toldUpTo) return;
  waiting.set(conversation.id, Math.max(seq, waiting.get(conversation.id) ?? 0));
  if (!timer) timer = setTimeout(flush, everyMs);
}

/** After a reconnection: everything that came meanwhile. */
export function noteAllDelivered(conversations: Conversation[]): void {
  for (const conversation of conversations)
    if ((conversation.me?.unreadCount ?? 0) > 0) noteDelivered(conversation, conversation.lastSeq);
}

function flush(): void {
  timer = undefined;
  for (const [conversationId, seq] of waiting) tell('message.delivered', { conversationId, seq });
  waiting.clear();
}
