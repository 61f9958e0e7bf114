import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { processSingleton } from '@/lib/platform/process/singleton';
import { canonicalPassword } from '@/lib/platform/text/passwords';

/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane (which are also the library's own). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(canonicalPassword(password), parameters);

/** asTyped: the hash is of a time when passwords were not brought into one form. It is to be replaced. */
export type Verdict = 'wrong' | 'right' | 'asTyped';

/** @param passwordHash null for nobody: costs the same time, so that the clock does not tell who has an account */
export async function judgePassword(passwordHash: string | null, typed: string): Promise<Verdict> {
  // Asked for in both cases: the first time it has to be made, which takes as long as a look at it.
  const dummy = await dummyHash();
  const known = passwordHash ?? dummy;
  const canonical = canonicalPassword(typed);
  if (await verify(known, canonical)) return passwordHash === null ? 'wrong' : 'right';
  // Whether there is a second look depends on what was typed, and not on whose it is.
  if (canonical === typed || !(await verify(known, typed))) return 'wrong';
  return passwordHash === null ? 'wrong' : 'asTyped';
}

const dummyHash = (): Promise<string> => processSingleton('dummy-hash', () => hashPassword(randomBytes(16).toString('hex')));
