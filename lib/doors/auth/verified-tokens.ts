import { createHmac } from 'node:crypto';
import { authSecret } from '@/lib/domain/accounts/secret';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What a token says. */
export interface Verified<Claims> {
  claims: Claims;
  /** when it ends, ms since the epoch */
  until: number;
}

/** Tokens remembered at once; beyond it those that were verified first are forgotten. */
const maxRemembered = 10_000;

/**
 * Verifies a token once and remembers what it says until it ends: checking a signature or decrypting a cookie costs a third of a whole
 * request. It says nothing of the session, which is looked up each time. The key is a digest, so that no token lies in memory, and
 * of the purpose too, so that no cookie passes for a bearer token.
 * @param verify reads the token; what it rejects or answers with null is not remembered
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
