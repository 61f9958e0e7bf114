export interface Random {
  /** at least 0, below 1 */
  next: () => number;
  /** whole, both ends included */
  between: (least: number, most: number) => number;
  pick: <Value>(values: readonly Value[]) => Value;
  /** that many, each at most once */
  some: <Value>(values: readonly Value[], count: number) => Value[];
}

/** The same numbers from the same seed, so that every demo looks alike (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
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
