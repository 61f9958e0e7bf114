import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env } from '@/lib/platform/env/env';

/** The common form of all providers' profiles. */
export interface ProviderProfile {
  /** the person's id at the provider */
  id: string;
  name: string;
  email: string | null;
  /** whether the provider has verified that the address is this person's */
  emailVerified: boolean;
}

/** A provider for the sign-in page: `signIn(id)`. */
export interface ProviderButton {
  id: string;
  name: string;
}

/** The providers whose client ids are set. */
export function providerButtons(): ProviderButton[] {
  return oauthProviders().map(({ id, name }) => ({ id, name }));
}

export function oauthProviders(): OAuthConfig<Record<string, unknown>>[] {
  const { GITHUB_ID, GOOGLE_ID, OIDC_ISSUER } = env();
  return [...(GITHUB_ID ? [github()] : []), ...(GOOGLE_ID ? [google()] : []), ...(OIDC_ISSUER ? [oidc()] : [])];
}

function github(): OAuthConfig<Record<string, unknown>> {
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    clientId: env().GITHUB_ID,
    clientSecret: env().GITHUB_SECRET,
    authorization: { url: 'https://github.com/login/oauth/authorize', params: { scope: 'read:user user:email' } },
    token: 'https://github.com/login/oauth/access_token',
    userinfo: 'https://api.github.com/user',
    checks: ['state'],
    profile: async (profile, tokens) => {
      const email = await githubEmail(String(tokens.access_token));
      const name = text(profile.name) ?? text(profile.login) ?? '';
      return asUser({ id: String(profile.id), name, email, emailVerified: email !== null });
    },
  };
}

function google(): OAuthConfig<Record<string, unknown>> {
  const { GOOGLE_ID, GOOGLE_SECRET } = env();
  return openId('google', 'Google', 'https://accounts.google.com', GOOGLE_ID, GOOGLE_SECRET);
}

function oidc(): OAuthConfig<Record<string, unknown>> {
  const { OIDC_NAME, OIDC_ISSUER, OIDC_ID, OIDC_SECRET } = env();
  return openId('oidc', OIDC_NAME, OIDC_ISSUER, OIDC_ID, OIDC_SECRET);
}

function openId(id: string, name: string, issuer: string, clientId: string, clientSecret: string) {
  const provider: OAuthConfig<Record<string, unknown>> = {
    id,
    name,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    clientId,
    clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    profile: (claims) =>
      asUser({
        id: text(claims.sub) ?? '',
        name: text(claims.name) ?? text(claims.preferred_username) ?? '',
        email: text(claims.email)?.toLowerCase() ?? null,
        emailVerified: claims.email_verified === true || claims.email_verified === 'true',
      }),
  };
  return provider;
}

/** The primary address. GitHub lists it with whether it is verified. */
async function githubEmail(accessToken: string): Promise<string | null> {
  const response = await fetch('https://api.github.com/user/emails', {
    headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/vnd.github+json', 'User-Agent': 'parley' },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) return null;
  const emails = (await response.json()) as { email: string; primary: boolean; verified: boolean }[];
  return emails.find((entry) => entry.primary && entry.verified)?.email.toLowerCase() ?? null;
}

/** next-auth passes this object on to its callbacks unchanged, but its type has only some of the fields. */
const asUser = (profile: ProviderProfile): ProviderProfile => profile;

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
