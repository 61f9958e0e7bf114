import type { ProviderProfile } from '@/lib/domain/accounts/providers';
import { emailSchema, nameSchema } from '@/lib/domain/users/schema';
import { createUser } from '@/lib/domain/users/user';
import { prisma } from '@/lib/platform/db/prisma';
import { ParleyError } from '@/lib/platform/errors/error';
import { isStorable } from '@/lib/platform/validation/schema';

/** The facts of a sign-in through a provider. */
export interface ProviderSignIn {
  provider: string;
  profile: ProviderProfile;
  /** the user who is already signed in in this browser */
  signedInAs: string | null;
  fromThisMachine: boolean;
}

/**
 * Finds the user of a provider's identity: known already, linked now, or newly created. An identity is linked only to the same
 * verified e-mail address. An account with a password must also be signed in, because its address was never verified. Otherwise
 * somebody could register another person's address and wait for their first sign-in.
 * @throws CONFLICT when the person must sign in with the password first
 * @throws FORBIDDEN when the person may not register
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

/** An identity that cannot be stored unchanged could be mistaken for another one. */
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
