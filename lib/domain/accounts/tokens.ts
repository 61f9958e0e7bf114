import { signAccessToken } from '@/lib/domain/accounts/access-token';
import { readRefreshToken, refreshTokenOf, rotateRefreshToken } from '@/lib/domain/accounts/refresh-token';
import { checkPassword } from '@/lib/domain/accounts/signin';
import type { TokenGrant } from '@/lib/domain/sessions/schema';
import { type Device, endSession, openSession } from '@/lib/domain/sessions/session';
import type { Me } from '@/lib/domain/users/schema';
import { getMe } from '@/lib/domain/users/user';

/**
 * Signs in a client without cookies.
 * @param device a known device (known-device.ts)
 * @throws UNAUTHENTICATED
 * @throws RATE_LIMIT_EXCEEDED
 */
export async function grantTokens(
  input: { email: string; password: string },
  from: Device,
  device: string | null,
): Promise<TokenGrant & { user: Me }> {
  const { userId } = await checkPassword(input, { address: from.address, device });
  const { id: sessionId } = await openSession(userId, from);
  const user = await getMe(userId);
  return { ...(await grant(userId, sessionId, refreshTokenOf(sessionId, 0))), user };
}

/** @throws UNAUTHENTICATED */
export async function refreshTokens(refreshToken: string): Promise<TokenGrant> {
  const turn = await rotateRefreshToken(refreshToken);
  return grant(turn.userId, turn.sessionId, turn.refreshToken);
}

/**
 * Ends the session of a refresh token, whether the token is current or not. A token that is not ours ends nothing (RFC 7009,
 * 2.2).
 */
export async function revokeTokens(refreshToken: string): Promise<void> {
  const claims = readRefreshToken(refreshToken);
  if (claims) await endSession(claims.sessionId);
}

async function grant(userId: string, sessionId: string, refreshToken: string): Promise<TokenGrant> {
  const { token, expiresAt } = await signAccessToken(userId, sessionId);
  return { token, expiresAt: expiresAt.toISOString(), refreshToken };
}
