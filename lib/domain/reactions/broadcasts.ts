import type { Message } from '@/lib/domain/messages/schema';
import { forEverybody } from '@/lib/domain/messages/shape';
import { membersRoom } from '@/lib/domain/rooms';
import { emit } from '@/lib/platform/realtime/emit';

export function broadcastReaction(message: Message, change: { userId: string; emoji: string; added: boolean }): void {
  emit(membersRoom(message.conversationId), 'reaction.updated', { message: forEverybody(message), change });
}
