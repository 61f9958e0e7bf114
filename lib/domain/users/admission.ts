import { redeemInvite } from '@/lib/domain/invites/invite';
import { isSetupCode } from '@/lib/domain/users/setup-code';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env/env';
import { ParleyError } from '@/lib/platform/errors/error';
import type { Reason } from '@/lib/platform/errors/schema';

/** The facts of a registration. */
export interface Entry {
  invite?: string;
  setupCode?: string;
  /** the request came from the server's own machine, without a proxy */
  fromThisMachine: boolean;
}

/** Any number that no other lock uses. */
const firstUserLock = 7_270_001;

/**
 * Decides whether a person may register, and in which role. The first one becomes the workspace's owner. The lock is held until
 * the transaction ends, so concurrent registrations cannot both be the first.
 * @throws FORBIDDEN
 */
export async function admit(entry: Entry, transaction: Prisma.TransactionClient): Promise<'OWNER' | 'MEMBER'> {
  if (await isEmpty(transaction)) {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${firstUserLock}::int)`;
    if (await isEmpty(transaction)) {
      if (!mayOwn(entry))
        throw refusal('setupCode', 'SETUP_CODE_NEEDED', 'The setup code printed where Parley was started is needed.');
      return 'OWNER';
    }
  }
  if (env().OPEN_REGISTRATION) return 'MEMBER';
  if (!entry.invite) throw refusal('invite', 'INVITE_NEEDED', 'Registration is by invitation only.');
  if (!(await redeemInvite(entry.invite, transaction)))
    throw refusal('invite', 'INVITE_SPENT', 'This invitation is not valid any more.');
  return 'MEMBER';
}

// If the server can be reached from elsewhere, the first stranger to register would own the workspace.
const mayOwn = (entry: Entry): boolean => entry.fromThisMachine || isSetupCode(entry.setupCode ?? '');

async function isEmpty(transaction: Prisma.TransactionClient): Promise<boolean> {
  return (await transaction.user.findFirst({ select: { id: true } })) === null;
}

const refusal = (field: string, reason: Reason, message: string) =>
  new ParleyError('FORBIDDEN', message, { reason, fields: { [field]: message }, fieldReasons: { [field]: reason } });
