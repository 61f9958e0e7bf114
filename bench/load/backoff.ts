import { reconnecting } from '@/client/socket/reconnecting';

export interface Backoff {
  firstMs: number;
  maxMs: number;
  /** random deviation as a fraction of the delay; 0 for none */
  jitter: number;
}

/** The backoff of Parley's client in the browser. */
export const browserBackoff: Backoff = {
  firstMs: reconnecting.reconnectionDelay,
  maxMs: reconnecting.reconnectionDelayMax,
  jitter: reconnecting.randomizationFactor,
};

/**
 * The delay of Socket.IO's client before a reconnection attempt (its contrib/backo2.js).
 * @param attempt 0 for the first
 * @param random from 0 to 1
 */
export function delayMs({ firstMs, maxMs, jitter }: Backoff, attempt: number, random: number): number {
  const delay = firstMs * 2 ** attempt;
  const deviation = Math.floor(random * jitter * delay);
  // The first decimal place of the same random number determines the direction.
  const shorter = Math.floor(random * 10) % 2 === 0;
  return Math.min(shorter ? delay - deviation : delay + deviation, maxMs);
}
