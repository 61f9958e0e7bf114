import { readAccessToken } from '@/lib/domain/accounts/account';
import { verifiedOnce } from '@/lib/doors/auth/verified-tokens';

/**
 * The claims of an access token; null for a forged or malformed one.
 * @throws TOKEN_EXPIRED for a token that was valid
 */
export const readBearerToken = (token: string) =>
  verifiedOnce('access token', token, async (given) => {
    const claims = await readAccessToken(given);
    return claims && { claims, until: claims.expiresAt.getTime() };
  });
