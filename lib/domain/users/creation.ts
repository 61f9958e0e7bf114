import { admit, type Entry } from '@/lib/domain/users/admission';
import { handlesFor } from '@/lib/domain/users/handles';
import { findImpersonated, type Impersonated, isTakenHandle, isTakenName, nameProblem } from '@/lib/domain/users/look-alikes';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { prisma } from '@/lib/platform/db/prisma';
import { conflict, invalid, unavailable } from '@/lib/platform/errors/error';

/** Somebody who is not in the workspace yet. */
export interface Newcomer {
  name: string;
  /** lower case */
  email: string;
  passwordHash?: string;
  /** the identity at a provider that they came with */
  account?: { provider: string; providerAccountId: string };
}

/**
 * Lets somebody into the workspace.
 * @throws FORBIDDEN when they may not, CONFLICT when the e-mail address is taken, VALIDATION_FAILED for a name that passes for
 * who runs the workspace
 */
export async function createUser(newcomer: Newcomer, entry: Entry): Promise<{ id: string }> {
  return prisma().$transaction(async (transaction) => {
    const role = await admit(entry, transaction);
    const impersonated = await findImpersonated(transaction);
    const name = role === 'OWNER' ? newcomer.name : await nameFor(newcomer, impersonated, transaction);
    const user = await insert({ ...newcomer, name }, role, impersonated, transaction);
    if (newcomer.account) await transaction.account.create({ data: { ...newcomer.account, userId: user.id } });
    return user;
  });
}

async function nameFor(newcomer: Newcomer, impersonated: Impersonated, transaction: Prisma.TransactionClient): Promise<string> {
  const { name, email, account } = newcomer;
  if (!isTakenName(name, impersonated)) return name;
  // A provider says the name, and nobody is there to be asked for another one.
  if (!account) {
    await refuseTaken(email, transaction);
    throw invalid({ name: nameProblem }, { name: 'LOOKS_OFFICIAL' });
  }
  for (let number = 2; ; number += 1) {
    const numbered = `${[...name].slice(0, 72).join('')} (${number})`;
    if (!isTakenName(numbered, impersonated)) return numbered;
  }
}

async function insert(
  newcomer: Newcomer,
  role: 'OWNER' | 'MEMBER',
  impersonated: Impersonated,
  transaction: Prisma.TransactionClient,
) {
  const { name, email, passwordHash } = newcomer;
  for (const handle of handlesFor(name)) {
    if (role !== 'OWNER' && isTakenHandle(handle, impersonated)) continue;
    // Skipping instead of failing: a failed statement would end the transaction.
    const [user] = await transaction.user.createManyAndReturn({
      data: [{ name, email, passwordHash, role, handle }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (user) return user;
    await refuseTaken(email, transaction);
  }
  throw unavailable('No handle was free. Please try again.');
}

async function refuseTaken(email: string, transaction: Prisma.TransactionClient): Promise<void> {
  if (await transaction.user.findUnique({ where: { email }, select: { id: true } }))
    throw conflict('There is an account with this e-mail address already.', 'EMAIL_TAKEN');
}
