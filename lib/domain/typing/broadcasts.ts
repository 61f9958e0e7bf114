import { emit } from '@/lib/domain/emit';
import type { Typist } from '@/lib/domain/typing/schema';

/** To the sockets that show the conversation on screen, except the typist's own. */
export function broadcastTyping(conversationId: string, { userId, name }: Typist, isTyping: boolean): void {
  emit('typing.user', conversationId, { conversationId, userId, name, isTyping });
}
