import { randomInt, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/platform/env/env';
import { processSingleton } from '@/lib/platform/process/singleton';

// No 0/O, 1/I/L: it is read off a terminal and typed.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Whoever registers first from elsewhere has to know this; printed at the start while nobody is registered. */
export function setupCode(): string {
  return processSingleton('setup-code', () => env().SETUP_CODE || generate());
}

/** Compares in constant time, without regard to case and dashes. */
export function isSetupCode(given: string): boolean {
  const wanted = Buffer.from(plain(setupCode()));
  const typed = Buffer.from(plain(given));
  return wanted.length === typed.length && timingSafeEqual(wanted, typed);
}

function plain(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase();
}

function generate(): string {
  const pick = () => letters[randomInt(letters.length)];
  return Array.from({ length: 3 }, () => Array.from({ length: 4 }, pick).join('')).join('-');
}
