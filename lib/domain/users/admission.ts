import { redeemInvite } from '@/lib/domain/invites/invite';
import { isSetupCode } from '@/lib/domain/users/setup-code';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env/env';
import { ParleyError } from '@/lib/platform/errors/error';
import type { Reason } from '@/lib/platform/errors/schema';

/** What a newcomer brings. */
export interface Entry {
  invite?: string;
  setupCode?: string;
  /** the request was sent on the server's own machine, through no proxy */
  fromThisMachine: boolean;
}

/** Any number that nothing else locks. */
const firstUserLock = 7_270_001;

/**
 * Whether a newcomer may come in, and as what. The first one owns the workspace: of several at once the lock, held until the
 * transaction ends, lets the next look only when the first is there.
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

// Reachable from elsewhere, whoever comes first would own it.
const mayOwn = (entry: Entry): boolean => entry.fromThisMachine || isSetupCode(entry.setupCode ?? '');

async function isEmpty(transaction: Prisma.TransactionClient): Promise<boolean> {
  return (await transaction.user.findFirst({ select: { id: true } })) === null;
}

const refusal = (field: string, reason: Reason, message: string) =>
  new ParleyError('FORBIDDEN', message, { reason, fields: { [field]: message }, fieldReasons: { [field]: reason } });
