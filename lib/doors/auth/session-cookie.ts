import { decode } from 'next-auth/jwt';
import { authSecret } from '@/lib/domain/accounts/secret';
import { cookieName, readCookie } from '@/lib/doors/auth/cookies';

/** What next-auth's encrypted cookie says. */
export interface CookieClaims {
  userId: string;
  sessionId: string;
}

/** Reads the session cookie out of a Cookie header; null without one, or when it is forged, broken or out of date. */
export async function readSessionCookie(header: string | null | undefined): Promise<CookieClaims | null> {
  const token = readCookie(header, cookieName('session-token'));
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: authSecret() });
    return typeof claims?.sub === 'string' && typeof claims.sessionId === 'string'
      ? { userId: claims.sub, sessionId: claims.sessionId }
      : null;
  } catch {
    return null;
  }
}
