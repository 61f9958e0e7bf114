import { randomInt, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/platform/env/env';
import { processSingleton } from '@/lib/platform/process/singleton';

// Without 0/O and 1/I/L, because people read the code off a terminal and type it.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** The code that the first person needs to register from another machine. It is printed at the start while there are no users. */
export function setupCode(): string {
  return processSingleton('setup-code', () => env().SETUP_CODE || generate());
}

/** Compares in constant time, ignoring case and dashes. */
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
