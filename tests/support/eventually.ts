import { vi } from 'vitest';

/** Long enough for any machine: what is waited for comes in milliseconds, or never. */
export const patienceMs = 10_000;

/** Until that does not throw any more. */
export const eventually = <Result>(what: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(what, { timeout: patienceMs, interval: 10 });

/** Until it is so. */
export const until = (isSo: () => boolean): Promise<unknown> => vi.waitUntil(isSo, { timeout: patienceMs, interval: 10 });
