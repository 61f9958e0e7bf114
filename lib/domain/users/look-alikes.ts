import type { Prisma } from '@/lib/platform/db/generated/client';
import { invalid } from '@/lib/platform/errors/error';
import { skeleton, soundsOfficial } from '@/lib/platform/text/confusables';

/** Who runs the workspace, as far as somebody could pass for them. */
export interface Impersonated {
  names: Set<string>;
  handles: Set<string>;
}

/** The skeletons of what the owner and the admins are called. They are few, and found by their role. */
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

/** Whether a name looks like that of somebody who runs the workspace, or like an office. */
export const isTakenName = (name: string, { names }: Impersonated): boolean =>
  soundsOfficial(name) || names.has(skeleton(name));

/** Handles stand beside names, and are as good to pass for somebody. */
export const isTakenHandle = (handle: string, { handles }: Impersonated): boolean =>
  soundsOfficial(handle) || handles.has(skeleton(handle));

/**
 * Refuses to call oneself so that one could be taken for who runs the workspace. What looks the same as what one is called
 * already may stay, and the owner may be called Owner.
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
