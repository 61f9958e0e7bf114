import { type Backoff, delayMs } from '@/bench/load/backoff';
import { randomFrom } from '@/bench/load/random';

export interface StormInput {
  clients: number;
  backoff: Backoff;
  /** time during which the server accepts no connections */
  awayMs: number;
  /** reconnections per second that all nodes together can serve */
  perSecond: number;
  /** how long a client waits for its connection before it retries */
  timeoutMs: number;
  seed: number;
}

export interface StormResult {
  /** times from the loss until this share of clients has reconnected */
  p50Ms: number;
  p99Ms: number;
  lastMs: number;
  /** maximum number of waiting clients */
  peakWaiting: number;
  /** maximum number of attempts per second while the server accepts connections */
  busiestSecond: number;
  attempts: number;
  /** attempts that timed out */
  abandoned: number;
}

const maxMs = 3_600_000;

/**
 * Simulates clients that reconnect with backoff and are served in order of arrival, in steps of a millisecond. Clients that arrive in
 * the same millisecond are served in the order in which their attempts were scheduled.
 * @throws when not all clients have reconnected within an hour
 */
export function storm({ clients, backoff, awayMs, perSecond, timeoutMs, seed }: StormInput): StormResult {
  const random = randomFrom(seed);
  const attempts = new Array<number>(clients).fill(0);
  const due = new Map<number, number[]>();
  const queue: { client: number; since: number }[] = [];
  const seconds = new Map<number, number>();
  const returns: number[] = [];
  let [first, abandoned, peakWaiting, served] = [0, 0, 0, 0];

  const schedule = (client: number, now: number) => {
    const attempt = attempts[client] ?? 0;
    attempts[client] = attempt + 1;
    const at = Math.max(now + 1, Math.round(now + delayMs(backoff, attempt, random())));
    due.set(at, due.get(at) ?? []);
    due.get(at)?.push(client);
  };
  const arrive = (client: number, now: number) => {
    if (now < awayMs) return schedule(client, now);
    seconds.set(Math.floor(now / 1_000), (seconds.get(Math.floor(now / 1_000)) ?? 0) + 1);
    queue.push({ client, since: now });
  };

  for (let client = 0; client < clients; client += 1) schedule(client, 0);
  for (let now = 1; returns.length < clients; now += 1) {
    if (now > maxMs) throw new Error('Not all clients reconnect within an hour.');
    for (const client of due.get(now) ?? []) arrive(client, now);
    due.delete(now);
    // The queue is in order of arrival, so timeouts happen at its front.
    for (let entry = queue[first]; entry && now - entry.since > timeoutMs; entry = queue[first]) {
      first += 1;
      abandoned += 1;
      schedule(entry.client, now);
    }
    peakWaiting = Math.max(peakWaiting, queue.length - first);
    served = first === queue.length ? 0 : served + perSecond / 1_000;
    for (; served >= 1 && first < queue.length; served -= 1) {
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
