import type { Prisma } from '@/lib/platform/db/generated/client';
import { invalid } from '@/lib/platform/errors/error';
import { skeleton, soundsOfficial } from '@/lib/platform/text/confusables';

/** The names and handles of the workspace's owner and admins, which nobody else may imitate. */
export interface Impersonated {
  names: Set<string>;
  handles: Set<string>;
}

/** The skeletons of the owner's and admins' names and handles. They are few, and found by their role. */
export async function findImpersonated(client: Prisma.TransactionClient, exceptUserId?: string): Promise<Impersonated> {
  const admins = await client.user.findMany({
    where: { role: { in: ['OWNER', 'ADMIN'] }, id: { not: exceptUserId } },
    select: { name: true, handle: true },
  });
  return {
    names: new Set(admins.map(({ name }) => skeleton(name))),
    handles: new Set(admins.map(({ handle }) => skeleton(handle))),
  };
}

/** Whether a name looks like that of the owner or an admin, or like a title of theirs. */
export const isTakenName = (name: string, { names }: Impersonated): boolean =>
  soundsOfficial(name) || names.has(skeleton(name));

/** Handles are shown beside names, so they can imitate people too. */
export const isTakenHandle = (handle: string, { handles }: Impersonated): boolean =>
  soundsOfficial(handle) || handles.has(skeleton(handle));

/**
 * Refuses names and handles that imitate the owner or an admin. A change that leaves the appearance as it was is allowed, and the
 * owner may be called Owner.
 * @throws VALIDATION_FAILED
 */
export async function refuseLookAlikes(
  me: { id: string; name: string; handle: string; role: string },
  wanted: { name?: string; handle?: string },
  client: Prisma.TransactionClient,
): Promise<void> {
  const name = wanted.name !== undefined && skeleton(wanted.name) !== skeleton(me.name) ? wanted.name : null;
  const handle = wanted.handle !== undefined && wanted.handle !== me.handle ? wanted.handle : null;
  if (me.role !== 'MEMBER' || (name === null && handle === null)) return;
  const impersonated = await findImpersonated(client, me.id);
  if (name !== null && isTakenName(name, impersonated)) throw invalid({ name: nameProblem }, { name: 'LOOKS_OFFICIAL' });
  if (handle !== null && isTakenHandle(handle, impersonated))
    throw invalid({ handle: 'This looks like the handle of somebody who runs this workspace.' }, { handle: 'LOOKS_OFFICIAL' });
}

export const nameProblem = 'This looks like somebody who runs this workspace. Add something that tells you apart.';
