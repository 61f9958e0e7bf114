import { correctAudiences, forgetAudience, memberRevOf } from '@/lib/domain/conversations/audience';
import { forgetDelivered } from '@/lib/domain/messages/delivered-revs';
import { readable } from '@/lib/domain/readable';
import { conversationOf, membersRoom, userRoom } from '@/lib/domain/rooms';
import { type Head, replayMissed } from '@/lib/doors/sockets/cluster/replay';
import { joinMissingRooms } from '@/lib/doors/sockets/connection';
import { closeEnded } from '@/lib/doors/sockets/connection-checks';
import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';
import type { Io, ParleySocket } from '@/lib/platform/realtime/io';

/** A removal or revocation whose event was lost is found within this time plus a query. */
const everyMs = 2_000;
/** Lost additions are looked for less often: the query costs more, and nobody receives events that they should not. */
const newcomersEveryMs = 30_000;

/**
 * Compares this node's sessions, members and messages with PostgreSQL, whatever Redis does. Events between nodes are only hints:
 * a lost one may have no later one that reveals it.
 */
export function startReconciling(io: Io): void {
  stopReconciling();
  const regularly = (what: string, work: (io: Io) => Promise<unknown>, ms: number) => {
    let busy = false;
    const once = async () => {
      if (busy) return;
      busy = true;
      await work(io).catch((err) => log().error({ err }, `Could not compare ${what} with the database.`));
      busy = false;
    };
    timers().push(setInterval(once, ms).unref());
  };
  regularly('sessions', closeEnded, everyMs);
  regularly('conversations', compareConversations, everyMs);
  regularly('memberships', addNewcomers, newcomersEveryMs);
}

export function stopReconciling(): void {
  for (const timer of timers().splice(0)) clearInterval(timer);
}

/** Call it when a room is empty. */
export function forgetRoom(room: string): void {
  const conversationId = conversationOf(room);
  if (!conversationId) return;
  forgetAudience(conversationId);
  forgetDelivered(conversationId);
}

/** Removes sockets of people who have left, then emits the messages that were never delivered. */
export async function compareConversations(io: Io): Promise<void> {
  const ids = [...io.of('/').adapter.rooms.keys()].flatMap((room) => conversationOf(room) ?? []);
  const heads = await run<Head>('sockets.heads', headsText, [ids]);
  await correctAudiences(heads.filter(({ id, memberRev }) => memberRev !== memberRevOf(id)).map(({ id }) => id));
  await replayMissed(heads);
}

/** Adds the sockets of recently added people to the rooms, and sends them the conversations. */
export async function addNewcomers(io: Io): Promise<void> {
  const sockets = [...io.of('/').sockets.values()] as ParleySocket[];
  const userIds = [...new Set(sockets.map((socket) => socket.data.userId))];
  const rows = await run<{ userId: string; id: string }>('sockets.newcomers', newcomersText, [userIds]);
  const missing = new Set<ParleySocket>();
  for (const { userId, id } of rows) {
    for (const socketId of io.of('/').adapter.rooms.get(userRoom(userId)) ?? []) {
      const socket = io.of('/').sockets.get(socketId) as ParleySocket | undefined;
      if (socket && !socket.rooms.has(membersRoom(id))) missing.add(socket);
    }
  }
  for (const socket of missing) await joinMissingRooms(socket);
}

const headsText = `SELECT c.id, c."memberRev", c."lastRev", c."headId" FROM "Conversation" c WHERE c.id = ANY ($1::uuid[])`;

const newcomersText = `
  SELECT p."userId", p."conversationId" AS id FROM ${readable}
  WHERE p."userId" = ANY ($1::uuid[]) AND p."joinedAt" > now() - interval '2 minutes'`;

const timers = () => processSingleton<NodeJS.Timeout[]>('socket.reconciling', () => []);
