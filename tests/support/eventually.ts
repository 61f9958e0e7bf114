import { vi } from 'vitest';

/** Long enough for any machine: the awaited result comes within milliseconds, or never. */
export const patienceMs = 10_000;

/** Waits until the assertion does not throw any more. */
export const eventually = <Result>(what: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(what, { timeout: patienceMs, interval: 10 });

/** Waits until the condition is true. */
export const until = (isSo: () => boolean): Promise<unknown> => vi.waitUntil(isSo, { timeout: patienceMs, interval: 10 });
