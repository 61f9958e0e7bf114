import type { z } from 'zod';
import { hashPassword } from '@/lib/domain/accounts/password';
import type { Me, registerSchema } from '@/lib/domain/users/schema';
import { createUser, getMe } from '@/lib/domain/users/user';
import { addressSubject } from '@/lib/platform/http/address';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';

/** The origin of a registration. */
export interface Origin {
  address: string;
  fromThisMachine: boolean;
}

/**
 * Registers a person with an e-mail address and a password. Failed attempts count against the limit too, because they reveal
 * which addresses exist.
 * @throws FORBIDDEN when registration is closed, or the setup code is missing
 * @throws CONFLICT when the address is taken
 * @throws RATE_LIMIT_EXCEEDED
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
