import { prisma } from '@/lib/db/prisma';
import { presenceStore } from '@/lib/presence/access';
import { emit } from '@/lib/realtime/emit';
import { presenceRoom } from '@/lib/realtime/rooms';

/** Tells whoever shows this person how they are now. */
export async function announce(userId: string): Promise<void> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { statusText: true, lastSeenAt: true } });
  if (!user) return;
  // Asked last: of two announcements under way at once, the later one to be sent tells the later truth.
  const status = (await presenceStore()?.statusOf(userId)) ?? 'offline';
  const lastSeenAt = user.lastSeenAt?.toISOString() ?? null;
  emit(presenceRoom(userId), 'presence.changed', {
    userId,
    status,
    statusText: user.statusText,
    lastSeenAt,
  });
}
