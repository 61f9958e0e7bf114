import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { keyFor } from '@/lib/domain/accounts/secret';
import { cookieName, isSecure, readCookie } from '@/lib/doors/auth/cookies';

/** A year, in seconds. */
const lifeSeconds = 365 * 24 * 60 * 60;

/**
 * The device's id, if the account has signed in on it before. Password guesses from elsewhere cannot lock out a known device. The
 * cookie is no credential: a stolen copy is worth only ten more guesses.
 * @param email lower case
 * @returns null when the cookie belongs to another account, or is forged
 */
export function knownDevice(cookieHeader: string | null, email: string): string | null {
  const [device = '', sealed = ''] = readCookie(cookieHeader, cookieName('known-device'))?.split('.') ?? [];
  const expected = Buffer.from(seal(device, email));
  const given = Buffer.from(sealed);
  return given.length === expected.length && timingSafeEqual(given, expected) ? device : null;
}

/** Set after a sign-in with a password, and kept after signing out. */
export function knownDeviceCookie(cookieHeader: string | null, email: string): string {
  const device = knownDevice(cookieHeader, email) ?? randomBytes(16).toString('base64url');
  const value = `${device}.${seal(device, email)}`;
  const secure = isSecure() ? '; Secure' : '';
  return `${cookieName('known-device')}=${value}; Path=/api/auth; Max-Age=${lifeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

const seal = (device: string, email: string): string =>
  createHmac('sha256', keyFor('known device')).update(`${device}.${email}`).digest('base64url');
