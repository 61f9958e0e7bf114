import { scheduleRemovalNotice } from '@/lib/domain/conversations/removal-notices';
import { isIn, isThere } from '@/lib/domain/readable';
import { chatRoom, membersRoom, userRoom } from '@/lib/domain/rooms';
import { run } from '@/lib/platform/db/sql';
import { processSingleton } from '@/lib/platform/process/singleton';
import { currentIo, type ParleySocket } from '@/lib/platform/realtime/io';
import { isShared } from '@/lib/platform/redis/redis';

// Any node can change the participants, and events between nodes can get lost. So each conversation counts its membership changes
// (`memberRev`), and a node remembers the count at which the sockets in its rooms were last correct.

/**
 * Whether this node has not yet applied a membership change that a write returned. If so, correct the audience before emitting an
 * event of that write. This works without an event from another node.
 */
export function isAudienceStale(conversationId: string, memberRev: number): boolean {
  return isShared() && hasAudience(conversationId) && memberRevOf(conversationId) < memberRev;
}

/** Takes sockets of people who are no longer in these conversations out of the rooms, and schedules their removal notices. */
export async function correctAudiences(conversationIds: string[]): Promise<void> {
  for (let rest = conversationIds; rest.length > 0; ) {
    const asked = new Set(rest.flatMap((id) => socketsIn(id).map((socket) => socket.data.userId)));
    const correction = { ids: new Set(rest), moved: new Set<string>() };
    state().corrections.add(correction);
    try {
      for (const row of await run<MembersRow>('conversations.audience', membersText, [rest, [...asked]]))
        if (!correction.moved.has(row.id)) correct(row, asked);
    } finally {
      state().corrections.delete(correction);
    }
    rest = [...correction.moved];
  }
}

/** Call it when sockets enter or leave an audience: a known memberRev, or one that is being read, may then be wrong. */
export function audienceMoved(conversationId: string): void {
  forgetAudience(conversationId);
  for (const { ids, moved } of state().corrections) if (ids.has(conversationId)) moved.add(conversationId);
}

/** The memberRev at which this node's audience was correct. */
export const memberRevOf = (conversationId: string): number => state().memberRevs.get(conversationId) ?? -1;

export function forgetAudience(conversationId: string): void {
  state().memberRevs.delete(conversationId);
}

/** Adds every connected socket of these people to the conversation's audience. */
export function enterConversation(conversationId: string, userIds: string[]): void {
  if (userIds.length === 0) return;
  audienceMoved(conversationId);
  currentIo()?.in(userIds.map(userRoom)).socketsJoin(membersRoom(conversationId));
}

/** Takes every socket of these people out of the conversation's rooms, so that they receive none of its later events. */
export function exitConversation(conversationId: string, userIds: string[]): void {
  if (userIds.length === 0) return;
  audienceMoved(conversationId);
  currentIo()
    ?.in(userIds.map(userRoom))
    .socketsLeave([membersRoom(conversationId), chatRoom(conversationId)]);
}

/** Whether any of this node's sockets is in the conversation. */
export const hasAudience = (conversationId: string): boolean =>
  currentIo()?.of('/').adapter.rooms.has(membersRoom(conversationId)) ?? false;

/** This node's sockets in the conversation, on screen or not. */
export function socketsIn(conversationId: string): ParleySocket[] {
  const namespace = currentIo()?.of('/');
  const ids = namespace?.adapter.rooms.get(membersRoom(conversationId)) ?? [];
  return [...ids].flatMap((id) => (namespace?.sockets.get(id) as ParleySocket | undefined) ?? []);
}

/** @param asked the people whose sockets were in the rooms before the query; others joined later, after a lookup of their own */
function correct({ id, memberRev, deleted, userIds }: MembersRow, asked: Set<string>): void {
  const members = new Set(userIds);
  for (const socket of socketsIn(id)) {
    const { userId } = socket.data;
    if (members.has(userId) || !asked.has(userId)) continue;
    for (const room of [membersRoom(id), chatRoom(id)]) socket.leave(room);
    scheduleRemovalNotice(socket, id, deleted ? 'deleted' : 'removed');
  }
  if (hasAudience(id)) state().memberRevs.set(id, memberRev);
}

interface Correction {
  ids: Set<string>;
  moved: Set<string>;
}

const state = () =>
  processSingleton('audiences', () => ({ memberRevs: new Map<string, number>(), corrections: new Set<Correction>() }));

interface MembersRow {
  id: string;
  memberRev: number;
  deleted: boolean;
  userIds: string[];
}

// One statement, so that the members and memberRev come from one snapshot.
const membersText = `
  SELECT c.id, c."memberRev", NOT (${isThere}) AS deleted, ARRAY(
    SELECT p."userId" FROM "Participant" p WHERE p."conversationId" = c.id AND p."userId" = ANY ($2::uuid[])
      AND ${isIn()} AND ${isThere}) AS "userIds"
  FROM "Conversation" c WHERE c.id = ANY ($1::uuid[])`;
