import { emit } from '@/lib/domain/emit';
import { readable } from '@/lib/domain/readable';
import { shapeUser, type UserRow } from '@/lib/domain/users/shape';
import { run } from '@/lib/platform/db/sql';

/** Tells whoever sees this person, and their own devices, what they are called and look like now. */
export async function broadcastUser(userId: string): Promise<void> {
  const [row] = await run<UserRow & { conversationIds: string[] }>('users.viewers', viewersText, [userId]);
  if (!row) return;
  const { conversationIds, ...user } = row;
  emit('user.updated', { userId, conversationIds }, { user: await shapeUser(user) });
}

const viewersText = `
  SELECT u.id, u.name, u.handle, u."imageId", u."statusText", u."lastSeenAt", ARRAY(
    SELECT c.id FROM ${readable} WHERE p."userId" = u.id) AS "conversationIds"
  FROM "User" u WHERE u.id = $1`;
