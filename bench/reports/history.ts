import type { Database, Subject } from '@/bench/load/subject';
import { hold, quantile, row, say, whole } from '@/bench/reports/table';
import { History } from '@/bench/scenarios/history';

const counts = [10_000, 5_000_000];
const rounds = 5;
const pagesARound = 120;

/** Two workspaces of their own, so that the small one's indexes are small. */
export async function compareHistory(subjects: Subject[], databases: Database[]): Promise<void> {
  say(`\nhistory: writing ${counts.map(whole).join(' and ')} messages over 36 months (minutes)`);
  const histories: History[] = [];
  for (const [index, subject] of subjects.entries())
    histories.push(await History.prepare(subject, databases[index]?.url ?? '', counts[index] ?? 0));
  const took = histories.map(() => [] as number[]);
  for (const history of histories) await history.read(pagesARound);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, history] of histories.entries()) took[index]?.push(...(await history.read(pagesARound)));
  say(`history: pages of 50, newest, before and around (${rounds} interleaved rounds of ${pagesARound})`);
  say(row(['', 'p50 ms', 'p99 ms']));
  const p50 = took.map((times) => quantile(times, 0.5));
  for (const [index, times] of took.entries())
    say(row([`${whole(counts[index] ?? 0)} messages`, (p50[index] ?? 0).toFixed(2), quantile(times, 0.99).toFixed(2)]));
  const [small = Number.NaN, large = Number.NaN] = p50;
  hold({ what: 'history, p50 at 5 million in times of 10 thousand', reached: large / small, bound: 2, kind: 'most' });
}
