import type { ProviderProfile } from '@/lib/domain/accounts/providers';
import { emailSchema, nameSchema } from '@/lib/domain/users/schema';
import { createUser } from '@/lib/domain/users/user';
import { prisma } from '@/lib/platform/db/prisma';
import { ParleyError } from '@/lib/platform/errors/error';
import { isStorable } from '@/lib/platform/validation/schema';

/** What a sign-in through a provider has to be decided by. */
export interface ProviderSignIn {
  provider: string;
  profile: ProviderProfile;
  /** who this browser is signed in as already */
  signedInAs: string | null;
  fromThisMachine: boolean;
}

/**
 * Who a provider's identity is: known already, linked now, or let in as somebody new. It is linked only to the same verified
 * e-mail address; and an account with a password only by who is signed in to it, because nobody proved to us that the address
 * was theirs when they registered: else one could register somebody's address and wait for them.
 * @throws CONFLICT (sign in with the password first) or FORBIDDEN
 */
export async function findUserForProvider(signIn: ProviderSignIn): Promise<{ id: string }> {
  const { provider, profile } = signIn;
  const identity = { provider, providerAccountId: identityOf(profile) };
  const account = await prisma().account.findUnique({ where: { provider_providerAccountId: identity } });
  if (account) return { id: account.userId };
  const email = verifiedEmail(profile);
  const owner = await prisma().user.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
  if (!owner) {
    const name = nameOf(profile, email);
    return createUser({ name, email, account: identity }, { fromThisMachine: signIn.fromThisMachine });
  }
  if (owner.passwordHash !== null && owner.id !== signIn.signedInAs)
    throw new ParleyError('CONFLICT', 'This address has a password. Sign in with it first, then connect the provider.');
  await prisma().account.create({ data: { ...identity, userId: owner.id } });
  return { id: owner.id };
}

/** An identity that cannot be stored as it is could be taken for another one. */
function identityOf({ id }: ProviderProfile): string {
  if (id === '' || id.length > maxIdentity || !isStorable(id))
    throw new ParleyError('FORBIDDEN', 'The provider sent an identity that cannot be kept.');
  return id;
}

/** OpenID Connect allows 255 ASCII characters. */
const maxIdentity = 255;

function verifiedEmail(profile: ProviderProfile): string {
  const email = emailSchema.safeParse(profile.email);
  if (!email.success || !profile.emailVerified)
    throw new ParleyError('FORBIDDEN', 'The provider does not vouch for an e-mail address of yours.');
  return email.data;
}

function nameOf(profile: ProviderProfile, email: string): string {
  const name = nameSchema.safeParse(profile.name);
  return name.success ? name.data : (email.split('@')[0] ?? 'Newcomer');
}
