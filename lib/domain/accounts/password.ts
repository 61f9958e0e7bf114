import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { processSingleton } from '@/lib/platform/process/singleton';
import { canonicalPassword } from '@/lib/platform/text/passwords';

/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane (also the library's defaults). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(canonicalPassword(password), parameters);

/** asTyped: right, but the hash is older than the canonical form of passwords, and must be replaced. */
export type Verdict = 'wrong' | 'right' | 'asTyped';

/**
 * @param passwordHash null when the user does not exist; the check takes the same time, so its duration does not reveal accounts
 */
export async function judgePassword(passwordHash: string | null, typed: string): Promise<Verdict> {
  // Created in both cases: the first call hashes, which takes as long as a check.
  const dummy = await dummyHash();
  const known = passwordHash ?? dummy;
  const canonical = canonicalPassword(typed);
  if (await verify(known, canonical)) return passwordHash === null ? 'wrong' : 'right';
  // Whether there is a second check depends on the typed password, not on the account.
  if (canonical === typed || !(await verify(known, typed))) return 'wrong';
  return passwordHash === null ? 'wrong' : 'asTyped';
}

const dummyHash = (): Promise<string> => processSingleton('dummy-hash', () => hashPassword(randomBytes(16).toString('hex')));
