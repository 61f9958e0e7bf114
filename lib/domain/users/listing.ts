import type { z } from 'zod';
import type { listUsersSchema, User, UserPage } from '@/lib/domain/users/schema';
import { shapeUsers, type UserRow, userSelect } from '@/lib/domain/users/shape';
import { prisma } from '@/lib/platform/db/prisma';
import { run } from '@/lib/platform/db/sql';
import { decodeCursor, encodeCursor, isId } from '@/lib/platform/paging/cursor';
import { isStorable } from '@/lib/platform/validation/schema';

/** The workspace's people whose name or handle contains `q`, sorted by name, ignoring case and accents. */
export async function listUsers(_userId: string, query: z.output<typeof listUsersSchema>): Promise<UserPage> {
  const [name, id] = query.cursor ? decodeCursor(query.cursor, isName, isId) : ['', firstId];
  const rows = await run<UserRow>('users.list', listing, [query.q, name, id, query.limit + 1]);
  const users = await shapeUsers(rows.slice(0, query.limit));
  const last = rows.length > query.limit ? users.at(-1) : undefined;
  return { users, nextCursor: last ? encodeCursor([last.name, last.id]) : null };
}

/** These people in the requested order; unknown ids are left out. */
export async function listUsersById(userIds: string[]): Promise<User[]> {
  const rows = await prisma().user.findMany({ where: { id: { in: userIds } }, select: userSelect });
  const place = new Map(userIds.map((userId, index) => [userId, index]));
  return shapeUsers(rows.sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0)));
}

const listing = `
  SELECT id, name, handle, "imageId", "statusText", "lastSeenAt"
  FROM "User"
  WHERE strpos(folded, (SELECT parley_fold($1))) > 0 AND (name, id) > ($2, $3::uuid)
  ORDER BY name, id
  LIMIT $4`;

const firstId = '00000000-0000-0000-0000-000000000000';

const isName = (value: unknown) => typeof value === 'string' && isStorable(value);
