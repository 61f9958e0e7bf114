import type { Message } from '@/lib/messages/schema';
import { forEverybody } from '@/lib/messages/shape';
import { emit } from '@/lib/realtime/emit';
import { membersRoom } from '@/lib/realtime/rooms';

export function broadcastReaction(message: Message, change: { userId: string; emoji: string; added: boolean }): void {
  emit(membersRoom(message.conversationId), 'reaction.updated', { message: forEverybody(message), change });
}
