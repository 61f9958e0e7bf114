import { findSession } from '@/lib/domain/sessions/session';
import { readBearerToken } from '@/lib/doors/auth/bearer-token';
import { readSessionCookie } from '@/lib/doors/auth/session-cookie';

/** The credentials of a page, a request or a handshake. */
export interface Credentials {
  /** a Cookie header; left out where cookies must not count */
  cookieHeader?: string | null;
  /** an Authorization header */
  authorization?: string | null;
  /** an access token from a handshake's auth */
  token?: string | null;
}

export interface SignedIn {
  userId: string;
  sessionId: string;
  kind: 'cookie' | 'bearer';
  /** the expiry of the access token; null for a cookie */
  expiresAt: Date | null;
}

/**
 * Finds the session of credentials, for pages, REST and the handshake. A bearer token takes precedence over a cookie.
 * @returns null without valid credentials, and for a session that was revoked or has expired
 * @throws TOKEN_EXPIRED for an expired access token
 */
export async function findSessionFor(credentials: Credentials): Promise<SignedIn | null> {
  const claims = await readClaims(credentials);
  if (!claims) return null;
  const session = await findSession(claims.sessionId);
  if (session?.userId !== claims.userId) return null;
  return claims;
}

async function readClaims({ cookieHeader, authorization, token }: Credentials): Promise<SignedIn | null> {
  const bearer = token || bearerOf(authorization);
  if (bearer !== null) {
    const claims = await readBearerToken(bearer);
    return claims && { ...claims, kind: 'bearer' };
  }
  const claims = await readSessionCookie(cookieHeader);
  return claims && { ...claims, kind: 'cookie', expiresAt: null };
}

const bearerOf = (authorization: string | null | undefined): string | null =>
  authorization?.match(/^bearer +(.*)$/i)?.[1]?.trim() ?? null;
