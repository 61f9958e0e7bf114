import { errors, jwtVerify, SignJWT } from 'jose';
import { keyFor } from '@/lib/domain/accounts/secret';
import { env } from '@/lib/platform/env/env';
import { ParleyError } from '@/lib/platform/errors/error';

export interface AccessToken {
  token: string;
  expiresAt: Date;
}

/** A short-lived bearer token for one session, signed with HS256. */
export async function signAccessToken(userId: string, sessionId: string): Promise<AccessToken> {
  // A JWT counts whole seconds, so the answer has the same rounded time as the token.
  const expires = Math.floor(Date.now() / 1_000) + env().ACCESS_TOKEN_SECONDS;
  const token = await new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(keyFor('access token'));
  return { token, expiresAt: new Date(expires * 1_000) };
}

/**
 * @returns null for a forged or malformed token
 * @throws TOKEN_EXPIRED for a token that was valid
 */
export async function readAccessToken(token: string): Promise<{ userId: string; sessionId: string; expiresAt: Date } | null> {
  try {
    const { payload } = await jwtVerify(token, keyFor('access token'), { algorithms: ['HS256'] });
    if (typeof payload.sub !== 'string' || typeof payload.sid !== 'string' || !payload.exp) return null;
    return { userId: payload.sub, sessionId: payload.sid, expiresAt: new Date(payload.exp * 1_000) };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new ParleyError('TOKEN_EXPIRED', 'The access token has expired. Refresh it.');
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
