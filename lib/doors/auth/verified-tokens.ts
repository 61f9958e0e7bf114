import { createHmac } from 'node:crypto';
import { authSecret } from '@/lib/domain/accounts/secret';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { processSingleton } from '@/lib/platform/process/singleton';

/** The claims of a verified token. */
export interface Verified<Claims> {
  claims: Claims;
  /** the token's expiry, ms since the epoch */
  until: number;
}

/** Maximum number of remembered tokens; beyond it the oldest ones are dropped. */
const maxRemembered = 10_000;

/**
 * Verifies a token once and caches its claims until it expires: a signature or decryption costs a third of a whole request. The
 * session is looked up each time all the same. The key is a digest, so that no token stays in memory. It includes the purpose, so
 * that no cookie can pass for a bearer token.
 * @param verify reads the token; rejections and null are not cached
 */
export async function verifiedOnce<Claims>(
  purpose: 'access token' | 'session cookie',
  token: string,
  verify: (token: string) => Promise<Verified<Claims> | null>,
): Promise<Claims | null> {
  const key = createHmac('sha256', authSecret()).update(`${purpose}\0${token}`).digest('base64');
  const known = remembered().get(key) as Verified<Claims> | undefined;
  if (known && known.until > Date.now()) return known.claims;
  const verified = await verify(token);
  if (verified) remembered().set(key, verified);
  return verified ? verified.claims : null;
}

const remembered = () => processSingleton('auth.verified', () => new BoundedMap<string, Verified<unknown>>(maxRemembered));
