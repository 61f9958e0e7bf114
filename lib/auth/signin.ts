import { hashPassword, judgePassword } from '@/lib/auth/password';
import { prisma } from '@/lib/db/prisma';
import { ParleyError } from '@/lib/errors/error';
import { isStorable } from '@/lib/ids/schema';
import { giveBack, takeLimit } from '@/lib/limits/limiter';
import { addressSubject } from '@/lib/rest/address';

/**
 * Whose e-mail and password these are. Throws UNAUTHENTICATED, in the same words and after the same time whether the account
 * exists or not, and RATE_LIMIT_EXCEEDED after too many failures of the account or from the address.
 */
export async function checkPassword(input: { email: string; password: string }, address: string): Promise<{ userId: string }> {
  const from = addressSubject(address);
  // Counted before it is known to have failed, or a hundred guesses at once would all pass before the first is counted.
  await takeLimit('signin', input.email);
  await takeAddressLimit(from, input.email);
  const user = await findByEmail(input.email);
  const verdict = await judgePassword(user?.passwordHash ?? null, input.password);
  if (verdict === 'wrong' || !user) throw new ParleyError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
  await Promise.all([giveBack('signin', input.email), giveBack('signinAddress', from)]);
  // A right password costs as much work as a wrong one: it counts like anything else that a person does.
  await takeLimit('other', user.id);
  if (verdict === 'asTyped') await renewHash(user, input.password);
  return { userId: user.id };
}

/** Unless it was changed meanwhile. */
async function renewHash({ id, passwordHash }: { id: string; passwordHash: string | null }, password: string): Promise<void> {
  await prisma().user.updateMany({ where: { id, passwordHash }, data: { passwordHash: await hashPassword(password) } });
}

async function takeAddressLimit(from: string, email: string): Promise<void> {
  try {
    await takeLimit('signinAddress', from);
  } catch (error) {
    await giveBack('signin', email);
    throw error;
  }
}

function findByEmail(email: string) {
  if (!isStorable(email)) return null;
  return prisma().user.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
}
