import { announce } from '@/lib/domain/presence/broadcasts';
import { broadcastMe, broadcastUser } from '@/lib/domain/users/broadcasts';
import { refuseLookAlikes } from '@/lib/domain/users/look-alikes';
import { type Me, type ProfileInput, settingNames, type User } from '@/lib/domain/users/schema';
import { type MeRow, meSelect, shapeMe, shapeUser, userSelect } from '@/lib/domain/users/shape';
import { serialize } from '@/lib/platform/async/serialize';
import { prisma } from '@/lib/platform/db/prisma';
import { conflict, notFound } from '@/lib/platform/errors/error';

export { createUser } from '@/lib/domain/users/creation';
export { listUsers, listUsersById } from '@/lib/domain/users/listing';

/**
 * The signed-in user.
 * @throws NOT_FOUND
 */
export async function getMe(userId: string): Promise<Me> {
  return shapeMe(await rowOf(userId));
}

/**
 * Any user of the workspace: everybody may see everybody.
 * @throws NOT_FOUND
 */
export async function getUser(userId: string, id: string): Promise<User | Me> {
  if (id === userId) return getMe(userId);
  const row = await prisma().user.findUnique({ where: { id }, select: userSelect });
  if (!row) throw notFound();
  return shapeUser(row);
}

/**
 * Changes the person's own profile.
 * @throws CONFLICT when the handle is taken
 * @throws NOT_FOUND when the picture is not the person's own usable upload
 * @throws VALIDATION_FAILED for a name or handle that imitates the workspace's owner or an admin
 */
export async function updateProfile(userId: string, input: ProfileInput): Promise<Me> {
  if (input.imageId) await requirePicture(userId, input.imageId);
  const before = await rowOf(userId);
  if (input.name !== undefined || input.handle !== undefined) await refuseLookAlikes(before, input, prisma());
  const row = await prisma()
    .user.update({ where: { id: userId }, data: input, select: meSelect })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? conflict('This handle is taken.', 'HANDLE_TAKEN') : error;
    });
  if (input.statusText !== undefined) await announce(userId);
  const isChanged = (field: keyof MeRow) => row[field] !== before[field];
  if (identity.some(isChanged)) await serialize(`user ${userId}`, () => broadcastUser(userId));
  // Read again there: of several changes at once, the last event has what is stored.
  if (settingNames.some(isChanged)) await serialize(`user ${userId}`, async () => broadcastMe(await getMe(userId)));
  return shapeMe(row);
}

/** The fields by which others recognise a person. */
const identity = ['name', 'handle', 'imageId'] as const;

async function rowOf(userId: string): Promise<MeRow> {
  const row = await prisma().user.findUnique({ where: { id: userId }, select: meSelect });
  if (!row) throw notFound();
  return row;
}

/** The picture must be the person's own image upload and not on a message, because only a message's readers may see its files. */
async function requirePicture(userId: string, id: string): Promise<void> {
  const picture = await prisma().attachment.findFirst({
    where: { id, uploaderId: userId, messageId: null, mimeType: { startsWith: 'image/' } },
    select: { id: true },
  });
  if (!picture) throw notFound();
}

const isUniqueViolation = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'P2002';
