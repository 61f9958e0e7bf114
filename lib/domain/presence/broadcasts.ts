import { emit } from '@/lib/domain/emit';
import { presenceStore } from '@/lib/domain/presence/access';
import { run } from '@/lib/platform/db/sql';

/** Sends a person's current status to the sockets that show them. */
export async function announce(userId: string): Promise<void> {
  const [user] = await run<{ statusText: string; lastSeenAt: Date | null }>('presence.shown', toldText, [userId]);
  if (!user) return;
  // Read last: of two concurrent announcements, the one that is sent later then has the later status.
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
