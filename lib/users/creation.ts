import type { Prisma } from '@/lib/db/generated/client';
import { prisma } from '@/lib/db/prisma';
import { conflict, unavailable } from '@/lib/errors/error';
import { admit, type Entry } from '@/lib/users/admission';
import { handlesFor } from '@/lib/users/handles';

/** Somebody who is not in the workspace yet. */
export interface Newcomer {
  name: string;
  /** lower case */
  email: string;
  passwordHash?: string;
  /** the identity at a provider that they came with */
  account?: { provider: string; providerAccountId: string };
}

/** Lets somebody into the workspace. Throws FORBIDDEN when they may not, CONFLICT when the e-mail address is taken. */
export async function createUser(newcomer: Newcomer, entry: Entry): Promise<{ id: string }> {
  return prisma().$transaction(async (transaction) => {
    const role = await admit(entry, transaction);
    const user = await insert(newcomer, role, transaction);
    if (newcomer.account) await transaction.account.create({ data: { ...newcomer.account, userId: user.id } });
    return user;
  });
}

async function insert(newcomer: Newcomer, role: 'OWNER' | 'MEMBER', transaction: Prisma.TransactionClient) {
  const { name, email, passwordHash } = newcomer;
  for (const handle of handlesFor(name)) {
    // Skipping instead of failing: a failed statement would end the transaction.
    const [user] = await transaction.user.createManyAndReturn({
      data: [{ name, email, passwordHash, role, handle }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (user) return user;
    if (await transaction.user.findUnique({ where: { email }, select: { id: true } }))
      throw conflict('There is an account with this e-mail address already.');
  }
  throw unavailable('No handle was free. Please try again.');
}
