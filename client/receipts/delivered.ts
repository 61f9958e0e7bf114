import { emit } from '@/client/socket/socket';
import type { Conversation } from '@/lib/domain/conversations/schema';

const intervalMs = 1_000;
/** In larger conversations the server sends no delivery receipts. */
const maxParticipants = 50;

const pending = new Map<string, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reports that this device has received messages up to `seq`, at most once a second. */
export function noteDelivered(conversation: Conversation, seq: number): void {
  if (conversation.participantCount > maxParticipants) return;
  pending.set(conversation.id, Math.max(seq, pending.get(conversation.id) ?? 0));
  if (!timer) timer = setTimeout(flush, intervalMs);
}

/** Reports everything that arrived during a disconnection. */
export function noteAllDelivered(conversations: Conversation[]): void {
  for (const conversation of conversations)
    if ((conversation.me?.unreadCount ?? 0) > 0) noteDelivered(conversation, conversation.lastSeq);
}

function flush(): void {
  timer = undefined;
  for (const [conversationId, seq] of pending) emit('message.delivered', { conversationId, seq });
  pending.clear();
}
