import { type Backoff, delayMs } from '@/bench/load/backoff';
import { randomFrom } from '@/bench/load/random';

export interface StormInput {
  clients: number;
  backoff: Backoff;
  /** for which nobody is taken */
  awayMs: number;
  /** returns that can be served a second: by all nodes together */
  perSecond: number;
  /** how long a client waits to be taken before it tries anew */
  patienceMs: number;
  seed: number;
}

export interface StormResult {
  /** ms since the loss until so many are back */
  p50Ms: number;
  p99Ms: number;
  lastMs: number;
  /** most that waited at once */
  peakWaiting: number;
  /** most attempts within one second in which somebody answered */
  busiestSecond: number;
  attempts: number;
  /** attempts that were given up while they waited */
  abandoned: number;
}

const longestMs = 3_600_000;

/**
 * Clients that lost their server, come back by their backoff, and are served one after another in the order in which they came. A
 * clock of milliseconds; who comes in the same one is taken in the order in which they were planned. Throws when they are not all
 * back within an hour.
 */
export function storm({ clients, backoff, awayMs, perSecond, patienceMs, seed }: StormInput): StormResult {
  const random = randomFrom(seed);
  const attempts = new Array<number>(clients).fill(0);
  const due = new Map<number, number[]>();
  const line: { client: number; since: number }[] = [];
  const seconds = new Map<number, number>();
  const returns: number[] = [];
  let [first, abandoned, peakWaiting, served] = [0, 0, 0, 0];

  const plan = (client: number, now: number) => {
    const attempt = attempts[client] ?? 0;
    attempts[client] = attempt + 1;
    const at = Math.max(now + 1, Math.round(now + delayMs(backoff, attempt, random())));
    due.set(at, due.get(at) ?? []);
    due.get(at)?.push(client);
  };
  const come = (client: number, now: number) => {
    if (now < awayMs) return plan(client, now);
    seconds.set(Math.floor(now / 1_000), (seconds.get(Math.floor(now / 1_000)) ?? 0) + 1);
    line.push({ client, since: now });
  };

  for (let client = 0; client < clients; client += 1) plan(client, 0);
  for (let now = 1; returns.length < clients; now += 1) {
    if (now > longestMs) throw new Error('They would not all be back within an hour.');
    for (const client of due.get(now) ?? []) come(client, now);
    due.delete(now);
    // The line is in the order of coming: who gives up stands at its front.
    for (let one = line[first]; one && now - one.since > patienceMs; one = line[first]) {
      first += 1;
      abandoned += 1;
      plan(one.client, now);
    }
    peakWaiting = Math.max(peakWaiting, line.length - first);
    served = first === line.length ? 0 : served + perSecond / 1_000;
    for (; served >= 1 && first < line.length; served -= 1) {
      first += 1;
      returns.push(now);
    }
  }
  const at = (share: number) => returns[Math.min(clients - 1, Math.floor(clients * share))] ?? Number.NaN;
  return {
    ...{ p50Ms: at(0.5), p99Ms: at(0.99), lastMs: at(1), peakWaiting, busiestSecond: Math.max(...seconds.values()) },
    ...{ attempts: attempts.reduce((sum, count) => sum + count, 0), abandoned },
  };
}
