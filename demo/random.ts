export interface Random {
  /** from 0, below 1 */
  next: () => number;
  /** a whole number, both ends inclusive */
  between: (min: number, max: number) => number;
  pick: <Value>(values: readonly Value[]) => Value;
  /** `count` distinct values */
  some: <Value>(values: readonly Value[], count: number) => Value[];
}

/** A seeded generator (mulberry32), so that every demo is the same. */
export function seeded(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    between,
    pick: <Value>(values: readonly Value[]) => values[between(0, values.length - 1)] as Value,
    some: <Value>(values: readonly Value[], count: number) => {
      const left = [...values];
      return Array.from(
        { length: Math.min(count, left.length) },
        () => left.splice(between(0, left.length - 1), 1)[0] as Value,
      );
    },
  };
}
