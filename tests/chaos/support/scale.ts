import { randomInt } from 'node:crypto';
import { seeded } from '@/demo/random';

/** `npm run test:chaos` runs the long versions, `npm test` versions of seconds. */
export const isLong = process.env.PARLEY_CHAOS === 'long';

export const scaled = <Value>(short: Value, long: Value): Value => (isLong ? long : short);

/** CHAOS_SEED repeats the random choices of a run, but not its scheduling. */
const seed = Number(process.env.CHAOS_SEED || randomInt(2 ** 31));

export const random = seeded(seed);

report(`seed ${seed}`);

/** Prints measurements. */
export function report(text: string): void {
  process.stdout.write(`chaos: ${text}\n`);
}
