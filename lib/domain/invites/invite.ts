import { createHash, randomBytes } from 'node:crypto';
import { type Invite, inviteLastsMs } from '@/lib/domain/invites/schema';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { prisma } from '@/lib/platform/db/prisma';
import { forbidden } from '@/lib/platform/errors/error';

/**
 * Makes a link that lets one person in. Throws FORBIDDEN unless one owns or administers the workspace.
 * @param address where the link leads: the workspace, as its guests reach it
 */
export async function createInvite(userId: string, address: string): Promise<Invite> {
  const host = await prisma().user.findFirst({
    where: { id: userId, role: { in: ['OWNER', 'ADMIN'] } },
    select: { id: true },
  });
  if (!host) throw forbidden('Only the owner and administrators can invite.');
  const code = randomBytes(24).toString('base64url');
  const expiresAt = new Date(Date.now() + inviteLastsMs);
  const invite = await prisma().invite.create({
    data: { codeHash: hashOf(code), createdById: userId, expiresAt },
    select: { id: true },
  });
  return { id: invite.id, url: `${address}/register?invite=${code}`, expiresAt: expiresAt.toISOString() };
}

/** Uses an invitation up, within the transaction that lets the newcomer in; false when it is none, used or out of date. */
export async function redeemInvite(code: string, transaction: Prisma.TransactionClient): Promise<boolean> {
  const { count } = await transaction.invite.updateMany({
    where: { codeHash: hashOf(code), usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  return count === 1;
}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
