import type { Database } from '@/bench/load/subject';
import { checkTarget, median, quantile, row, say, whole } from '@/bench/reports/table';
import { type KnownAnswer, knownAnswers } from '@/bench/scenarios/known-answers';
import { parleyWay, parserWay, trigramWay, type Way } from '@/bench/scenarios/search-ways';
import { bytes, type Filled, fill, indexEverything, indexForOthers, sizes, wordsAt } from '@/bench/scenarios/search-workspace';
import { indexMessages } from '@/lib/domain/search/index-messages';
import { migrate } from '@/lib/platform/db/migrations/migrate';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';

const runs = 20;

/** Measures searches among so many messages with Parley's own verb in this process: access, ranking and snippets included. */
export async function compareSearch(database: Database, count = sizes.messages): Promise<void> {
  process.env.DATABASE_URL = database.url;
  process.env.RATE_LIMIT_SEARCH = '10000000/60';
  await migrate(database.url);
  const filled = await fill(count);
  const rate = await indexEverything();
  const answers = await plant(filled);
  const ways = (await indexForOthers()) ? [parleyWay, trigramWay, parserWay] : [parleyWay, parserWay];
  await pool().query('VACUUM ANALYZE');
  say(
    `\nsearch: ${whole(count)} messages of ${sizes.months} months, a reader in ${sizes.readable} of ${sizes.conversations} conversations`,
  );
  say(`  indexed ${whole(rate)} messages a second; MB: ${JSON.stringify(await megabytes())}`);
  await compareTimes(filled, ways, count);
  await compareAnswers(filled, ways, answers);
  await pool().end();
}

const megabytes = async () =>
  Object.fromEntries(Object.entries(await bytes()).map(([name, value]) => [name, Math.round(value / 1_048_576)]));

async function compareTimes({ readerId }: Filled, ways: Way[], count: number): Promise<void> {
  const { rows } = await pool().query<{ handle: string }>('SELECT handle FROM "User" ORDER BY handle OFFSET 5 LIMIT 1');
  const at = (rank: number) => wordsAt(Array.from({ length: runs }, (_, index) => rank + index));
  const [common, usual, rare] = [await at(1), await at(300), await at(15_000)];
  const chinese = Array.from({ length: runs }, (_, index) =>
    String.fromCodePoint(19_968 + 40 + index, 19_968 + 45 + index * 2),
  );
  const queries: [name: string, texts: string[], more?: object][] = [
    ['common word', common],
    ['usual word', usual],
    ['rare word', rare],
    ['two common words', common.map((word, index) => `${word} ${common[(index + 7) % runs]}`)],
    ['common and rare', common.map((word, index) => `${word} ${rare[index]}`)],
    ['phrase', common.map((word, index) => `"${word} ${common[(index + 3) % runs]}"`)],
    ['three letters', usual.map((word) => word.slice(0, 3))],
    ['five letters', usual.map((word) => word.slice(0, 5))],
    ['two Chinese characters', chinese],
    ['of a person', usual.map((word) => `${word} from:@${rows[0]?.handle}`)],
    ['of some months', usual.map((word) => `${word} after:2026-01-01 before:2026-06-01`)],
    ['with a link', usual.map((word) => `${word} has:link`)],
    ['best, common', common, { sort: 'best' }],
    ['best, usual', usual, { sort: 'best' }],
    ['nothing, corrected', rare.map((word, index) => `${word}q${index}`)],
  ];
  say(row(['ms, median and p95', ...ways.flatMap(({ name }) => [name.slice(0, 12), 'p95'])]));
  const all: number[] = [];
  for (const [name, texts, more] of queries) {
    const cells: string[] = [];
    for (const way of ways) {
      if (way !== parleyWay && / (from|after|has):|best|corrected/.test(`${name} ${texts[0]}`)) {
        cells.push('', '');
        continue;
      }
      const times = await timed(texts, (text) => way.find(readerId, text, { limit: 20, ...more }));
      if (way === parleyWay) all.push(...times);
      cells.push(median(times).toFixed(1), quantile(times, 0.95).toFixed(1));
    }
    say(row([name, ...cells]));
  }
  const bound = count > 1_000_000 ? 150 : 50;
  checkTarget({ what: 'search, ms, 95th percentile of all queries', reached: quantile(all, 0.95), bound, kind: 'most' });
}

async function timed(texts: string[], work: (text: string) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const text of texts) {
    const began = performance.now();
    await work(text);
    times.push(performance.now() - began);
  }
  return times;
}

interface Planted extends KnownAnswer {
  rightIds: string[];
}

/** Puts the messages of the known answers into conversations of the reader. */
async function plant({ roomIds, readerId }: Filled): Promise<Planted[]> {
  const planted: Planted[] = [];
  let n = 0;
  const insert = async (text: string) => {
    n += 1;
    const { rows } = await pool().query<{ id: string }>(plantText, [roomIds[n % roomIds.length], readerId, text, n]);
    return rows[0]?.id ?? '';
  };
  for (const answer of knownAnswers()) {
    const rightIds: string[] = [];
    for (const text of answer.right) rightIds.push(await insert(text));
    const wrongIds: string[] = [];
    for (const text of answer.wrong) wrongIds.push(await insert(text));
    await transaction((client) => indexMessages([...rightIds, ...wrongIds], client));
    planted.push({ ...answer, rightIds });
  }
  return planted;
}

async function compareAnswers({ readerId }: Filled, ways: Way[], answers: Planted[]): Promise<void> {
  say(`\n  ${answers.length} queries with known answers`);
  say(row(['', 'recall', 'precision']));
  const figures = new Map<string, { recall: number; precision: number }>();
  for (const way of ways) {
    let [found, right, hits] = [0, 0, 0];
    const missed = new Set<string>();
    for (const { kind, query, rightIds } of answers) {
      const ids = await way.find(readerId, query);
      const correct = ids.filter((id) => rightIds.includes(id)).length;
      if (correct < rightIds.length || correct < ids.length) missed.add(kind);
      found += ids.length;
      right += rightIds.length;
      hits += correct;
    }
    const [recall, precision] = [hits / right, found === 0 ? 0 : hits / found];
    figures.set(way.name, { recall, precision });
    say(`${row([way.name, recall.toFixed(3), precision.toFixed(3)])}  ${[...missed].join('; ')}`);
  }
  const own = figures.get(parleyWay.name) ?? { recall: 0, precision: 0 };
  for (const [name, other] of figures) {
    if (name === parleyWay.name) continue;
    checkTarget({ what: `recall beside ${name}`, reached: own.recall - other.recall, bound: 0, kind: 'least' });
    checkTarget({ what: `precision beside ${name}`, reached: own.precision - other.precision, bound: 0, kind: 'least' });
  }
}

const plantText = `
  INSERT INTO "Message" (id, "conversationId", seq, rev, "senderId", "clientMessageId", type, content, "createdAt")
  SELECT parley_uuid(((extract(epoch FROM now()) * 1000)::bigint << 12) + $4), $1, 100000000 + $4, 100000000 + $4, $2, 'planted-' || $4, 'TEXT', $3, now()
  RETURNING id`;
