import { admit, type Entry } from '@/lib/domain/users/admission';
import { handlesFor } from '@/lib/domain/users/handles';
import { findImpersonated, type Impersonated, isTakenHandle, isTakenName, nameProblem } from '@/lib/domain/users/look-alikes';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { prisma } from '@/lib/platform/db/prisma';
import { conflict, invalid, unavailable } from '@/lib/platform/errors/error';

/** A person who registers. */
export interface Newcomer {
  name: string;
  /** lower case */
  email: string;
  passwordHash?: string;
  /** the identity at the provider with which they registered */
  account?: { provider: string; providerAccountId: string };
}

/**
 * Creates a user.
 * @throws FORBIDDEN when the person may not register
 * @throws CONFLICT when the e-mail address is taken
 * @throws VALIDATION_FAILED for a name that imitates the workspace's owner or an admin
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
  // A provider's name cannot be refused: the person has no form in which to choose another one.
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
    // Conflicts are skipped, because a failed statement would abort the transaction.
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
