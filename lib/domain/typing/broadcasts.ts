import { chatRoom, userRoom } from '@/lib/domain/rooms';
import type { Typist } from '@/lib/domain/typing/schema';
import { emit } from '@/lib/platform/realtime/emit';

/** To who has the conversation on screen, but not to the typist's own devices. */
export function broadcastTyping(conversationId: string, { userId, name }: Typist, isTyping: boolean): void {
  emit(chatRoom(conversationId), 'typing.user', { conversationId, userId, name, isTyping }, userRoom(userId));
}
