import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { oncePerProcess } from '@/lib/process/once';

/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane (which are also the library's own). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

/** @param passwordHash null for nobody: costs the same time, so that the clock does not tell who has an account */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  // Asked for in both cases: the first time it has to be made, which takes as long as a look at it.
  const dummy = await dummyHash();
  const matches = await verify(passwordHash ?? dummy, password);
  return matches && passwordHash !== null;
}

const dummyHash = (): Promise<string> => oncePerProcess('dummy-hash', () => hashPassword(randomBytes(16).toString('hex')));
