import type { z } from 'zod';
import { hashPassword } from '@/lib/domain/accounts/password';
import type { Me, registerSchema } from '@/lib/domain/users/schema';
import { createUser, getMe } from '@/lib/domain/users/user';
import { addressSubject } from '@/lib/platform/http/address';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';

/** Where a registration comes from. */
export interface Origin {
  address: string;
  fromThisMachine: boolean;
}

/**
 * Lets somebody in with an e-mail address and a password.
 * @throws FORBIDDEN (registration is closed, or the setup code is missing), CONFLICT (the address is taken),
 * RATE_LIMIT_EXCEEDED: refused attempts count too, since they tell who is here
 */
export async function register(input: z.output<typeof registerSchema>, origin: Origin): Promise<Me> {
  await takeLimit('register', addressSubject(origin.address));
  const passwordHash = await hashPassword(input.password);
  const { name, email, invite, setupCode } = input;
  const { id } = await createUser(
    { name, email, passwordHash },
    { invite, setupCode, fromThisMachine: origin.fromThisMachine },
  );
  return getMe(id);
}
