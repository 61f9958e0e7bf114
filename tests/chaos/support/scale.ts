import { randomInt } from 'node:crypto';
import { seeded } from '@/demo/random';

/** `npm run test:chaos` runs the long versions; `npm test` ones of seconds. */
export const isLong = process.env.PARLEY_CHAOS === 'long';

export const scaled = <Value>(short: Value, long: Value): Value => (isLong ? long : short);

/** CHAOS_SEED repeats a run's choices, though not the scheduler's. */
const seed = Number(process.env.CHAOS_SEED || randomInt(2 ** 31));

export const random = seeded(seed);

say(`seed ${seed}`);

/** What was measured, for whoever reads the run. */
export function say(text: string): void {
  process.stdout.write(`chaos: ${text}\n`);
}
