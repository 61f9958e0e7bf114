import { createHash, randomBytes } from 'node:crypto';
import { type Invite, inviteLastsMs } from '@/lib/domain/invites/schema';
import { demandOfWorkspace } from '@/lib/domain/workspace/permissions';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { prisma } from '@/lib/platform/db/prisma';

/**
 * Creates a link that lets one person register.
 * @param address the workspace's address as its guests reach it
 * @throws FORBIDDEN unless the person is the workspace's owner or an admin
 */
export async function createInvite(userId: string, address: string): Promise<Invite> {
  const host = await prisma().user.findUnique({ where: { id: userId }, select: { role: true } });
  demandOfWorkspace('invite', host ?? { role: 'MEMBER' });
  const code = randomBytes(24).toString('base64url');
  const expiresAt = new Date(Date.now() + inviteLastsMs);
  const invite = await prisma().invite.create({
    data: { codeHash: hashOf(code), createdById: userId, expiresAt },
    select: { id: true },
  });
  return { id: invite.id, url: `${address}/register?invite=${code}`, expiresAt: expiresAt.toISOString() };
}

/**
 * Uses an invitation in the transaction that creates the user.
 * @returns false when it does not exist, or is used or expired
 */
export async function redeemInvite(code: string, transaction: Prisma.TransactionClient): Promise<boolean> {
  const { count } = await transaction.invite.updateMany({
    where: { codeHash: hashOf(code), usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  return count === 1;
}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
