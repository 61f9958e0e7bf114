import { announceRevoked } from '@/lib/domain/sessions/broadcasts';
import { cachedSession, rememberRevoked, rememberSession } from '@/lib/domain/sessions/cache';
import type { DeviceSession } from '@/lib/domain/sessions/schema';
import { noteUse, sessionSeconds } from '@/lib/domain/sessions/use';
import { prisma } from '@/lib/platform/db/prisma';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/** The origin of a sign-in, as the list of devices shows it. */
export interface Device {
  device: string;
  address: string;
}

/** Creates a session for a device. */
export async function openSession(userId: string, { device, address }: Device): Promise<{ id: string }> {
  return prisma().session.create({
    data: { userId, device: device.slice(0, 200), address: address.slice(0, 45), expiresAt: fromNow() },
    select: { id: true },
  });
}

/** Finds a session that is neither revoked nor expired, or null. It uses the cache (cache.ts) and records the use. */
export async function findSession(id: string): Promise<{ userId: string } | null> {
  const known = cachedSession(id) ?? (await readSession(id));
  return known === 'revoked' || !known || known.expiresAt.getTime() <= Date.now() ? null : { userId: known.userId };
}

/** The person's sessions, the last used first. */
export async function listSessions(userId: string, currentId: string): Promise<DeviceSession[]> {
  const rows = await prisma().session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: 200,
  });
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.id === currentId,
  }));
}

/**
 * Ends one of the person's own sessions and closes its sockets. Repeated, it changes nothing.
 * @throws NOT_FOUND
 */
export async function revokeSession(userId: string, id: string): Promise<void> {
  const own = await prisma().session.findFirst({ where: { id, userId }, select: { id: true } });
  if (!own) throw notFound();
  await endSession(id);
}

/** Ends a session without a check of the person: for holders of its token, and when a token was stolen. */
export async function endSession(id: string): Promise<void> {
  await prisma().session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  rememberRevoked(id);
  announceRevoked(id);
}

/** The expiry of a session that is used now. */
export const fromNow = (): Date => new Date(Date.now() + sessionSeconds * 1_000);

async function readSession(id: string) {
  const readAt = Date.now();
  const [row] = await run<SessionRow>('sessions.read', readText, [id]);
  if (!row || row.revokedAt || row.expiresAt.getTime() <= Date.now()) return null;
  noteUse(id, row.lastSeenAt);
  return rememberSession(id, row, readAt);
}

interface SessionRow {
  userId: string;
  expiresAt: Date;
  revokedAt: Date | null;
  lastSeenAt: Date;
}

const readText = 'SELECT "userId", "expiresAt", "revokedAt", "lastSeenAt" FROM "Session" WHERE id = $1';
