import type { Database, Subject } from '@/bench/load/subject';
import { checkTarget, quantile, row, say, whole } from '@/bench/reports/table';
import { History } from '@/bench/scenarios/history';

const counts = [10_000, 5_000_000];
const rounds = 5;
const pagesPerRound = 120;

/** Compares a small and a large history, in separate workspaces, so that the indexes of the small one are small. */
export async function compareHistory(subjects: Subject[], databases: Database[]): Promise<void> {
  say(`\nhistory: writing ${counts.map(whole).join(' and ')} messages over 36 months (minutes)`);
  const histories: History[] = [];
  for (const [index, subject] of subjects.entries())
    histories.push(await History.prepare(subject, databases[index]?.url ?? '', counts[index] ?? 0));
  const durations = histories.map(() => [] as number[]);
  for (const history of histories) await history.read(pagesPerRound);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, history] of histories.entries()) durations[index]?.push(...(await history.read(pagesPerRound)));
  say(`history: pages of 50, newest, before and around (${rounds} interleaved rounds of ${pagesPerRound})`);
  say(row(['', 'p50 ms', 'p99 ms']));
  const p50 = durations.map((times) => quantile(times, 0.5));
  for (const [index, times] of durations.entries())
    say(row([`${whole(counts[index] ?? 0)} messages`, (p50[index] ?? 0).toFixed(2), quantile(times, 0.99).toFixed(2)]));
  const [small = Number.NaN, large = Number.NaN] = p50;
  checkTarget({ what: 'history, p50 at 5 million in times of 10 thousand', reached: large / small, bound: 2, kind: 'most' });
}
