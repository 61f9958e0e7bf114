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
 * Starts tracking presence, for this process or for all nodes.
 * @param afterMs time from the last device's disconnection until the person is offline
 */
export function openPresence(afterMs?: number): void {
  const gone = (userId: string) => void goOffline(userId);
  const changed = (userId: string) => void announce(userId).catch(noted);
  setPresenceStore(isShared() ? new SharedPresence({ gone, changed }, afterMs) : new MemoryPresence(gone, afterMs));
}

/** Another node sent a person's status. */
export function receivePresence({ userId, status }: PresenceChange): void {
  presenceStore()?.receive?.(userId, status);
}

/**
 * Call it when a device connects.
 * @param availability the person's chosen status, just read from the database
 */
export async function connect(userId: string, socketId: string, availability: Availability): Promise<void> {
  if (await presenceStore()?.connect(userId, socketId, availability)) await announce(userId);
}

/** Call it when a device disconnects, after `connect` has settled; otherwise the device would stay. */
export async function disconnect(userId: string, socketId: string): Promise<void> {
  await presenceStore()?.disconnect(userId, socketId);
}

/** Changes the status shown while online, and the status text. */
export async function updateStatus(userId: string, input: StatusInput): Promise<void> {
  const availability = input.status && chosen[input.status];
  await prisma().user.update({ where: { id: userId }, data: { availability, statusText: input.statusText } });
  if (input.status) await presenceStore()?.choose(userId, input.status);
  await announce(userId);
}

/** Call it when the process ends: it stores the time when people were last seen. */
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

// The database is unreachable. The status stays as it is, and clients read it again when they reconnect.
const noted = (error: unknown) => log().error({ err: error }, 'Could not note when somebody came or went.');

const chosen = { online: 'ONLINE', away: 'AWAY', busy: 'BUSY' } as const;
