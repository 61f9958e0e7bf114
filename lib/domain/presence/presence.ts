import type { z } from 'zod';
import { presenceStore, setPresenceStore } from '@/lib/domain/presence/access';
import { announce } from '@/lib/domain/presence/broadcasts';
import { MemoryPresence } from '@/lib/domain/presence/memory-store';
import { SharedPresence } from '@/lib/domain/presence/redis-store';
import type { Availability, PresenceChange, updateStatusSchema } from '@/lib/domain/presence/schema';
import { prisma } from '@/lib/platform/db/prisma';
import { log } from '@/lib/platform/log/log';
import { isShared } from '@/lib/platform/redis/redis';

type StatusInput = z.output<typeof updateStatusSchema>;

/**
 * Begins to keep presence, in this process or for all nodes.
 * @param afterMs how long after the last device went somebody is offline
 */
export function openPresence(afterMs?: number): void {
  const gone = (userId: string) => void goOffline(userId);
  const changed = (userId: string) => void announce(userId).catch(noted);
  setPresenceStore(isShared() ? new SharedPresence({ gone, changed }, afterMs) : new MemoryPresence(gone, afterMs));
}

/** Another node told how somebody is. */
export function receivePresence({ userId, status }: PresenceChange): void {
  presenceStore()?.heard?.(userId, status);
}

/** A device of theirs is on: they are online. @param availability the way they chose, as just read */
export async function connect(userId: string, socketId: string, availability: Availability): Promise<void> {
  if (await presenceStore()?.connect(userId, socketId, availability)) await announce(userId);
}

/** A device of theirs went. Call it after connect has settled, or the device stays. */
export async function disconnect(userId: string, socketId: string): Promise<void> {
  await presenceStore()?.disconnect(userId, socketId);
}

/** Changes what one shows while online. */
export async function updateStatus(userId: string, input: StatusInput): Promise<void> {
  const availability = input.status && chosen[input.status];
  await prisma().user.update({ where: { id: userId }, data: { availability, statusText: input.statusText } });
  if (input.status) await presenceStore()?.choose(userId, input.status);
  await announce(userId);
}

/** The process ends: whoever is on was seen until now. */
export async function closePresence(): Promise<void> {
  const userIds = (await presenceStore()?.clear()) ?? [];
  setPresenceStore(null);
  await prisma().user.updateMany({ where: { id: { in: userIds } }, data: { lastSeenAt: new Date() } });
}

async function goOffline(userId: string): Promise<void> {
  try {
    await prisma().user.updateMany({ where: { id: userId }, data: { lastSeenAt: new Date() } });
    await announce(userId);
  } catch (error) {
    noted(error);
  }
}

// The database is away: they are as they are, and everybody asks anew when they reconnect.
const noted = (error: unknown) => log().error({ err: error }, 'Could not note when somebody came or went.');

const chosen = { online: 'ONLINE', away: 'AWAY', busy: 'BUSY' } as const;
