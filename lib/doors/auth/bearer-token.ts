import { readAccessToken } from '@/lib/domain/accounts/account';
import { verifiedOnce } from '@/lib/doors/auth/verified-tokens';

/**
 * What an access token says: null for a forged or broken one.
 * @throws TOKEN_EXPIRED for one that was good
 */
export const readBearerToken = (token: string) =>
  verifiedOnce('access token', token, async (given) => {
    const claims = await readAccessToken(given);
    return claims && { claims, until: claims.expiresAt.getTime() };
  });
