import { emit } from '@/lib/realtime/emit';
import { chatRoom, userRoom } from '@/lib/realtime/rooms';
import type { Typist } from '@/lib/typing/schema';

/** To who has the conversation on screen, but not to the typist's own devices. */
export function broadcastTyping(conversationId: string, { userId, name }: Typist, isTyping: boolean): void {
  emit(chatRoom(conversationId), 'typing.user', { conversationId, userId, name, isTyping }, userRoom(userId));
}
