import { publicUrl } from '@/lib/platform/env/env';

/** Whether people use https, so that cookies must not be sent without it. */
export const isSecure = (): boolean => publicUrl().startsWith('https://');

/**
 * Cookie names are defined only here, for sign-in, pages, REST and the handshake. On http they include the public port, which
 * several nodes share: browsers share cookies between the ports of a host, so two Parleys on localhost would sign each other out.
 */
export function cookieName(
  use: 'session-token' | 'refresh-token' | 'known-device' | 'callback-url' | 'csrf-token' | 'pkce' | 'state' | 'nonce',
) {
  return isSecure() ? `__Secure-parley.${use}` : `parley-${new URL(publicUrl()).port || 80}.${use}`;
}

/** The value of one cookie in a Cookie header. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  return parseCookies(header)[name] ?? null;
}

export function parseCookies(header: string | null | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    // Browsers send the cookie with the most specific path first.
    cookies[name] ??= decode(pair.slice(at + 1).trim());
  }
  return cookies;
}

/**
 * The refresh token's cookie, which only its endpoints receive and no script can read.
 * @param maxAge seconds; 0 removes it
 */
export function refreshCookie(token: string, maxAge: number): string {
  const secure = isSecure() ? '; Secure' : '';
  return `${cookieName('refresh-token')}=${token}; Path=/api/auth/token; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
