import { announceRevoked } from '@/lib/domain/sessions/broadcasts';
import { knownSession, rememberRevoked, rememberSession } from '@/lib/domain/sessions/cache';
import type { DeviceSession } from '@/lib/domain/sessions/schema';
import { noteUse, sessionSeconds } from '@/lib/domain/sessions/use';
import { prisma } from '@/lib/platform/db/prisma';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/** Where somebody signs in from, as the list of their devices shows it. */
export interface Device {
  device: string;
  address: string;
}

/** Signs a device in. */
export async function openSession(userId: string, { device, address }: Device): Promise<{ id: string }> {
  return prisma().session.create({
    data: { userId, device: device.slice(0, 200), address: address.slice(0, 45), expiresAt: fromNow() },
    select: { id: true },
  });
}

/** A session that is neither revoked nor expired, else null. Believes what it read for a while (cache.ts), and notes the use. */
export async function findSession(id: string): Promise<{ userId: string } | null> {
  const known = knownSession(id) ?? (await readSession(id));
  return known === 'revoked' || !known || known.expiresAt.getTime() <= Date.now() ? null : { userId: known.userId };
}

/** One's signed-in devices, the last used first. */
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
 * Signs one of one's own devices out and closes its sockets; again changes nothing.
 * @throws NOT_FOUND
 */
export async function revokeSession(userId: string, id: string): Promise<void> {
  const own = await prisma().session.findFirst({ where: { id, userId }, select: { id: true } });
  if (!own) throw notFound();
  await endSession(id);
}

/** Ends a session whoever asks: for what holds its token, and for what found the token stolen. */
export async function endSession(id: string): Promise<void> {
  await prisma().session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  rememberRevoked(id);
  announceRevoked(id);
}

/** When a session that is used now ends, unless it is used again. */
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
