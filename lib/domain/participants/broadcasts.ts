import { emit } from '@/lib/domain/emit';
import type { Participant } from '@/lib/domain/participants/schema';

export function broadcastJoined(conversationId: string, participants: Participant[]): void {
  for (const participant of participants) emit('participant.joined', conversationId, { conversationId, participant });
}

/** To the remaining participants: the sockets of the person who left are already out of the room. */
export function broadcastLeft(conversationId: string, participant: Participant): void {
  emit('participant.left', conversationId, { conversationId, participant });
}

export function broadcastParticipant(conversationId: string, participant: Participant): void {
  emit('participant.updated', conversationId, { conversationId, participant });
}
