/** Registering, signing in, and what proves afterwards that somebody has signed in. `secret.ts` and `providers.ts` are settings. */
export { readAccessToken } from '@/lib/domain/accounts/access-token';
export { findUserForProvider } from '@/lib/domain/accounts/provider-account';
export { register } from '@/lib/domain/accounts/register';
export { checkPassword } from '@/lib/domain/accounts/signin';
export { grantTokens, refreshTokens, revokeTokens } from '@/lib/domain/accounts/tokens';
