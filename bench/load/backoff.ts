import { reconnecting } from '@/client/socket/reconnecting';

export interface Backoff {
  firstMs: number;
  mostMs: number;
  /** a share of the delay, by which it is longer or shorter; 0: none */
  jitter: number;
}

/** As the browser's. */
export const browserBackoff: Backoff = {
  firstMs: reconnecting.reconnectionDelay,
  mostMs: reconnecting.reconnectionDelayMax,
  jitter: reconnecting.randomizationFactor,
};

/**
 * How long Socket.IO's client waits before it tries again (its contrib/backo2.js).
 * @param attempt 0 for the first
 * @param random from 0 to 1
 */
export function delayMs({ firstMs, mostMs, jitter }: Backoff, attempt: number, random: number): number {
  const delay = firstMs * 2 ** attempt;
  const deviation = Math.floor(random * jitter * delay);
  // The same random number decides in which direction, by its first decimal place.
  const shorter = Math.floor(random * 10) % 2 === 0;
  return Math.min(shorter ? delay - deviation : delay + deviation, mostMs);
}
