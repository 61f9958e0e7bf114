/** The least time in milliseconds that something took in some runs: whatever else the machine does only adds to it. */
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
 * How many times what `usual` takes `suspect` takes. Both are measured by turns, and again for as long as it seems to be
 * more than `allowed`: only what is slow every time is slow.
 */
export function timesAsLong(suspect: () => void, usual: () => void, allowed: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 6 && least > allowed; attempt += 1) {
    const runs = 1 + attempt * 2;
    least = Math.min(least, leastTime(suspect, runs) / leastTime(usual, runs));
  }
  return least;
}
