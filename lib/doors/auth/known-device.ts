import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { keyFor } from '@/lib/domain/accounts/secret';
import { cookieName, isSecure, readCookie } from '@/lib/doors/auth/cookies';

/** A year, in seconds. */
const lifeSeconds = 365 * 24 * 60 * 60;

/**
 * Which device this is, if the account was signed in to from it before: whoever guesses passwords from elsewhere cannot shut it out.
 * The cookie proves that and lets nobody in: a copy of it is worth ten more guesses. Null when it is another account's, or made up.
 * @param email lower case
 */
export function knownDevice(cookieHeader: string | null, email: string): string | null {
  const [device = '', sealed = ''] = readCookie(cookieHeader, cookieName('known-device'))?.split('.') ?? [];
  const expected = Buffer.from(seal(device, email));
  const given = Buffer.from(sealed);
  return given.length === expected.length && timingSafeEqual(given, expected) ? device : null;
}

/** Set when somebody signed in with a password, and not taken away when they sign out. */
export function knownDeviceCookie(cookieHeader: string | null, email: string): string {
  const device = knownDevice(cookieHeader, email) ?? randomBytes(16).toString('base64url');
  const value = `${device}.${seal(device, email)}`;
  const secure = isSecure() ? '; Secure' : '';
  return `${cookieName('known-device')}=${value}; Path=/api/auth; Max-Age=${lifeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

const seal = (device: string, email: string): string =>
  createHmac('sha256', keyFor('known device')).update(`${device}.${email}`).digest('base64url');
