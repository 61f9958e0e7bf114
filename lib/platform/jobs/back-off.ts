const firstMs = 2_000;
const longestMs = 3_600_000;

/**
 * How long a job waits after a failed try: 2 s, doubled at each try, at most an hour. Half of it is random, so that jobs that failed
 * together do not come back together.
 * @param attempt 1 after the first try
 */
export function backOffMs(attempt: number, random = Math.random()): number {
  const whole = Math.min(firstMs * 2 ** (attempt - 1), longestMs);
  return whole * (0.5 + random / 2);
}
