import {
  broadcastCreated,
  broadcastMemberships,
  broadcastRemoved,
  broadcastUpdated,
} from '@/lib/domain/conversations/broadcasts';
import { broadcastJoined, broadcastLeft, broadcastParticipant } from '@/lib/domain/participants/broadcasts';
import { participantOf, participantsOf } from '@/lib/domain/participants/shape';
import type { Departure } from '@/lib/domain/participants/writer';

/** Sends the newcomers the conversation first, because the other events refer to it. */
export async function announceNewcomers(conversationId: string, newcomers: string[]): Promise<void> {
  if (newcomers.length === 0) return;
  await broadcastCreated(conversationId, newcomers);
  broadcastJoined(conversationId, await participantsOf(conversationId, newcomers));
  await broadcastUpdated(conversationId);
}

/** Removes the sockets first, before any await, so that the person receives no later event. */
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

/** Sends everybody the new role, and the person their new permissions. */
export async function announceRole(conversationId: string, userId: string): Promise<void> {
  broadcastParticipant(conversationId, await participantOf(conversationId, userId));
  await broadcastMemberships(conversationId, [userId]);
}
