import { type Backoff, browserBackoff } from '@/bench/load/backoff';
import type { StormOrder } from '@/bench/load/storm';
import type { ParleySubject } from '@/bench/load/subject';
import type { Reconnection } from '@/bench/load/tab';
import { quantile, row, say, whole } from '@/bench/reports/table';
import { people, Storm, type StormFigures } from '@/bench/scenarios/storm';

const withoutJitter: Backoff = { ...browserBackoff, jitter: 0 };

const storms: (StormOrder & { name: string })[] = [
  { name: 'cut, jitter', cutBy: 'tabs', backoff: browserBackoff, seed: 1 },
  { name: 'cut, no jitter', cutBy: 'tabs', backoff: withoutJitter, seed: 2 },
  { name: 'restart, jitter', cutBy: 'server', backoff: browserBackoff, seed: 3 },
];

/** Compares how long reconnection takes with and without the browser's jitter. */
export async function compareStorms(subject: ParleySubject, databaseUrl: string): Promise<void> {
  const storm = await Storm.prepare(subject, databaseUrl);
  say(`\nstorm: ${whole(people)} tabs lose one node and come back (seconds from the loss; attempts that failed; µs a client)`);
  say(
    row([
      '',
      'server away',
      'connected p99',
      'back p50',
      'p99',
      'last',
      'failed',
      'repeated',
      'broken',
      'server µs',
      'database µs',
    ]),
  );
  try {
    const last = new Map<string, number>();
    for (const { name, ...order } of storms) {
      const figures = await storm.run(order);
      last.set(name, cells(name, figures));
    }
    const ratio = (last.get('cut, no jitter') ?? Number.NaN) / (last.get('cut, jitter') ?? Number.NaN);
    say(`  without jitter the last is back after ${ratio.toFixed(2)} times as long`);
  } finally {
    await storm.stop();
  }
}

function cells(name: string, { returns, away, server, database }: StormFigures): number {
  const at = (key: keyof Reconnection, share: number) =>
    quantile(
      returns.map((one) => one[key]),
      share,
    ) / 1_000;
  const sum = (key: keyof Reconnection) => returns.reduce((total, one) => total + one[key], 0);
  const last = at('caughtUp', 1);
  const times = [away / 1_000, at('connected', 0.99), at('caughtUp', 0.5), at('caughtUp', 0.99), last];
  const counts = [sum('failed'), sum('repeated'), sum('broken'), server, database];
  say(row([name, ...times.map((seconds) => seconds.toFixed(1)), ...counts.map(whole)]));
  return last;
}
