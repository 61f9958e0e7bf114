import { hashPassword, judgePassword } from '@/lib/domain/accounts/password';
import { prisma } from '@/lib/platform/db/prisma';
import { ParleyError } from '@/lib/platform/errors/error';
import { addressSubject } from '@/lib/platform/http/address';
import { giveBack, takeLimit } from '@/lib/platform/rate-limits/limiter';
import type { RateKind } from '@/lib/platform/rate-limits/rates';
import { isStorable } from '@/lib/platform/validation/schema';

/** The origin of a password attempt. */
export interface Attempt {
  address: string;
  /** the device, when this account signed in on it before (known-device.ts) */
  device: string | null;
}

/**
 * Finds the user of an e-mail address and password.
 * @throws UNAUTHENTICATED with the same message and after the same time whether the account exists or not
 * @throws RATE_LIMIT_EXCEEDED after too many failures (docs/decisions/021)
 */
export async function checkPassword(input: { email: string; password: string }, from: Attempt): Promise<{ userId: string }> {
  const budgets = budgetsOf(input.email, from);
  // Counted before the check; otherwise a hundred concurrent guesses would all pass before the first is counted.
  await takeAll(budgets);
  const user = await findByEmail(input.email);
  const verdict = await judgePassword(user?.passwordHash ?? null, input.password);
  if (verdict === 'wrong' || !user) throw new ParleyError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
  await giveAllBack(budgets);
  // A right password costs as much work as a wrong one, so it counts like any other request.
  await takeLimit('other', user.id);
  if (verdict === 'asTyped') await renewHash(user, input.password);
  return { userId: user.id };
}

/** Stores the new hash, unless the password was changed meanwhile. */
async function renewHash({ id, passwordHash }: { id: string; passwordHash: string | null }, password: string): Promise<void> {
  await prisma().user.updateMany({ where: { id, passwordHash }, data: { passwordHash: await hashPassword(password) } });
}

type Budget = [kind: RateKind, subject: string];

/** A known device has its own limit, which nobody else can use up. */
function budgetsOf(email: string, { address, device }: Attempt): Budget[] {
  if (device) return [['signin', `device ${device}`]];
  const from = addressSubject(address);
  return [
    ['signin', `${from} ${email}`],
    ['signinAddress', from],
    ['signinAccount', email],
  ];
}

/** Takes all limits or none: when one refuses, the others are given back. */
async function takeAll(budgets: Budget[]): Promise<void> {
  const taken: Budget[] = [];
  try {
    for (const budget of budgets) {
      await takeLimit(...budget);
      taken.push(budget);
    }
  } catch (error) {
    await giveAllBack(taken);
    throw error;
  }
}

const giveAllBack = (budgets: Budget[]) => Promise.all(budgets.map((budget) => giveBack(...budget)));

function findByEmail(email: string) {
  if (!isStorable(email)) return null;
  return prisma().user.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
}
