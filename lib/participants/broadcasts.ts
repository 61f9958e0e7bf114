import type { Participant } from '@/lib/participants/schema';
import { emit } from '@/lib/realtime/emit';
import { membersRoom } from '@/lib/realtime/rooms';

export function broadcastJoined(conversationId: string, participants: Participant[]): void {
  for (const participant of participants)
    emit(membersRoom(conversationId), 'participant.joined', { conversationId, participant });
}

/** To those who remain: the sockets of who left are out before. */
export function broadcastLeft(conversationId: string, participant: Participant): void {
  emit(membersRoom(conversationId), 'participant.left', { conversationId, participant });
}

export function broadcastParticipant(conversationId: string, participant: Participant): void {
  emit(membersRoom(conversationId), 'participant.updated', { conversationId, participant });
}
