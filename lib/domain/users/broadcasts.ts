import { emit } from '@/lib/domain/emit';
import { readable } from '@/lib/domain/readable';
import type { Me } from '@/lib/domain/users/schema';
import { shapeUser, type UserRow } from '@/lib/domain/users/shape';
import { run } from '@/lib/platform/db/sql';

/** Sends a person's name, handle and picture to everybody who sees them, and to their own devices. */
export async function broadcastUser(userId: string): Promise<void> {
  const [row] = await run<UserRow & { conversationIds: string[] }>('users.viewers', viewersText, [userId]);
  if (!row) return;
  const { conversationIds, ...user } = row;
  emit('user.updated', { userId, conversationIds }, { user: await shapeUser(user) });
}

/** Sends a person's own devices what only they see of themselves. */
export function broadcastMe(me: Me): void {
  emit('me.updated', me.id, { user: me });
}

const viewersText = `
  SELECT u.id, u.name, u.handle, u."imageId", u."statusText", u."lastSeenAt", ARRAY(
    SELECT c.id FROM ${readable} WHERE p."userId" = u.id) AS "conversationIds"
  FROM "User" u WHERE u.id = $1`;
