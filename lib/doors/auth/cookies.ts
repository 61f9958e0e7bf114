import { publicUrl } from '@/lib/platform/env/env';

/** Whether people come by https, so that cookies must not travel without it. */
export const isSecure = (): boolean => publicUrl().startsWith('https://');

/**
 * The one place that names cookies, for sign-in, pages, REST and the handshake alike. On http they carry the port that people
 * type, which several nodes have in common: browsers share cookies between the ports of a host, and two Parleys on localhost would
 * sign each other out.
 */
export function cookieName(
  use: 'session-token' | 'refresh-token' | 'known-device' | 'callback-url' | 'csrf-token' | 'pkce' | 'state' | 'nonce',
) {
  return isSecure() ? `__Secure-parley.${use}` : `parley-${new URL(publicUrl()).port || 80}.${use}`;
}

/** One cookie's value out of a Cookie header. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  return parseCookies(header)[name] ?? null;
}

export function parseCookies(header: string | null | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    // As browsers order them, the first of a name is the one with the most specific path.
    cookies[name] ??= decode(pair.slice(at + 1).trim());
  }
  return cookies;
}

/** The refresh token goes to the endpoints that need it and to no script. @param maxAge seconds; 0 removes it */
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
