/** The minimum time of several runs in milliseconds: other load on the machine only adds to it. */
export function leastTime(run: () => void, runs = 5): number {
  let least = Number.POSITIVE_INFINITY;
  for (let done = 0; done < runs; done += 1) {
    const began = performance.now();
    run();
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

/**
 * The ratio of the time of `suspect` to that of `usual`. Both are measured in turns, and repeatedly while the ratio exceeds
 * `allowed`, so that only work that is slow every time counts as slow.
 */
export function timesAsLong(suspect: () => void, usual: () => void, allowed: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 6 && least > allowed; attempt += 1) {
    const runs = 1 + attempt * 2;
    least = Math.min(least, leastTime(suspect, runs) / leastTime(usual, runs));
  }
  return least;
}
