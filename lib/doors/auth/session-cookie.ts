import { decode } from 'next-auth/jwt';
import { authSecret } from '@/lib/domain/accounts/secret';
import { cookieName, readCookie } from '@/lib/doors/auth/cookies';
import { type Verified, verifiedOnce } from '@/lib/doors/auth/verified-tokens';

/** The claims of next-auth's encrypted cookie. */
export interface CookieClaims {
  userId: string;
  sessionId: string;
}

/**
 * Reads the session cookie from a Cookie header.
 * @returns null without one, or when it is forged, malformed or expired
 */
export async function readSessionCookie(header: string | null | undefined): Promise<CookieClaims | null> {
  const token = readCookie(header, cookieName('session-token'));
  return token ? verifiedOnce('session cookie', token, decrypt) : null;
}

async function decrypt(token: string): Promise<Verified<CookieClaims> | null> {
  try {
    const claims = await decode({ token, secret: authSecret() });
    if (typeof claims?.sub !== 'string' || typeof claims.sessionId !== 'string' || typeof claims.exp !== 'number') return null;
    return { claims: { userId: claims.sub, sessionId: claims.sessionId }, until: claims.exp * 1_000 };
  } catch {
    return null;
  }
}
