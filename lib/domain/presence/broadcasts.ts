import { emit } from '@/lib/domain/emit';
import { presenceStore } from '@/lib/domain/presence/access';
import { run } from '@/lib/platform/db/sql';

/** Tells whoever shows this person how they are now. */
export async function announce(userId: string): Promise<void> {
  const [user] = await run<{ statusText: string; lastSeenAt: Date | null }>('presence.shown', toldText, [userId]);
  if (!user) return;
  // Asked last: of two announcements under way at once, the later one to be sent tells the later truth.
  const status = (await presenceStore()?.statusOf(userId)) ?? 'offline';
  const lastSeenAt = user.lastSeenAt?.toISOString() ?? null;
  emit('presence.changed', userId, {
    userId,
    status,
    statusText: user.statusText,
    lastSeenAt,
  });
}

const toldText = 'SELECT "statusText", "lastSeenAt" FROM "User" WHERE id = $1';
