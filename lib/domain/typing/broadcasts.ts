import { emit } from '@/lib/domain/emit';
import type { Typist } from '@/lib/domain/typing/schema';

/** To who has the conversation on screen, but not to the typist's own devices. */
export function broadcastTyping(conversationId: string, { userId, name }: Typist, isTyping: boolean): void {
  emit('typing.user', conversationId, { conversationId, userId, name, isTyping });
}
