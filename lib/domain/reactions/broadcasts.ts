import { emit } from '@/lib/domain/emit';
import type { Message } from '@/lib/domain/messages/schema';
import { forEverybody } from '@/lib/domain/messages/shape';

export function broadcastReaction(message: Message, change: { userId: string; emoji: string; added: boolean }): void {
  emit('reaction.updated', message.conversationId, { message: forEverybody(message), change });
}
