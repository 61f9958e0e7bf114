import type { Participant } from '@/lib/domain/participants/schema';
import { membersRoom } from '@/lib/domain/rooms';
import { emit } from '@/lib/platform/realtime/emit';

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
