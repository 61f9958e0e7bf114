import { readLocal, writeLocal } from '@/client/browser/local-storage';

/** How often things were chosen in this browser, by a person: for ranking what is offered to them. */

/** A choice counts half as much after this time. */
const halfLifeMs = 14 * 86_400_000;
const maxKept = 200;

interface Use {
  /** as of `at` */
  weight: number;
  /** milliseconds since 1970 */
  at: number;
}

const nameOf = (me: string) => `parley.used.${me}`;

export function noteUse(me: string, key: string, now: number): void {
  const uses = read(me);
  uses.set(key, { weight: weightOf(uses.get(key), now) + 1, at: now });
  const kept = [...uses].sort(([, a], [, b]) => weightOf(b, now) - weightOf(a, now)).slice(0, maxKept);
  writeLocal(nameOf(me), JSON.stringify(kept));
}

/** @returns the weight of a key: 1 for a choice just now */
export function usageOf(me: string, now: number): (key: string) => number {
  const uses = read(me);
  return (key) => weightOf(uses.get(key), now);
}

const weightOf = (use: Use | undefined, now: number): number =>
  use ? use.weight * 0.5 ** (Math.max(0, now - use.at) / halfLifeMs) : 0;

function read(me: string): Map<string, Use> {
  try {
    const found = JSON.parse(readLocal(nameOf(me)) ?? '[]') as [string, Use][];
    return new Map(
      found.filter(([key, use]) => typeof key === 'string' && Number.isFinite(use.weight) && Number.isFinite(use.at)),
    );
  } catch {
    return new Map();
  }
}
