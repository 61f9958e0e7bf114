import {
  broadcastCreated,
  broadcastMemberships,
  broadcastRemoved,
  broadcastUpdated,
} from '@/lib/domain/conversations/broadcasts';
import { broadcastJoined, broadcastLeft, broadcastParticipant } from '@/lib/domain/participants/broadcasts';
import { participantOf, participantsOf } from '@/lib/domain/participants/shape';
import type { Departure } from '@/lib/domain/participants/writer';

/** The newcomers first, so that they know what the rest is about. */
export async function announceNewcomers(conversationId: string, newcomers: string[]): Promise<void> {
  if (newcomers.length === 0) return;
  await broadcastCreated(conversationId, newcomers);
  broadcastJoined(conversationId, await participantsOf(conversationId, newcomers));
  await broadcastUpdated(conversationId);
}

/** Out first, and before anything is awaited: whatever is said next, they do not hear. */
export async function announceGone(
  conversationId: string,
  userId: string,
  reason: 'left' | 'removed',
  { heirId, deleted }: Departure,
): Promise<void> {
  broadcastRemoved(conversationId, [userId], reason);
  if (deleted) return;
  broadcastLeft(conversationId, await participantOf(conversationId, userId));
  if (heirId) await announceRole(conversationId, heirId);
  await broadcastUpdated(conversationId);
}

/** Everybody in it, and whose role it is: what they may is another than before. */
export async function announceRole(conversationId: string, userId: string): Promise<void> {
  broadcastParticipant(conversationId, await participantOf(conversationId, userId));
  await broadcastMemberships(conversationId, [userId]);
}
