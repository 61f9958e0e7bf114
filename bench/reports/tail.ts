import type { Database } from '@/bench/load/subject';
import { median, row, say, whole } from '@/bench/reports/table';
import { Tail, type TailFigures } from '@/bench/scenarios/tail';
import { LatestPages } from '@/lib/domain/messages/latest-page';
import { type LatestPageStore, MemoryLatestPages } from '@/lib/domain/messages/latest-page-memory';
import { RedisLatestPages } from '@/lib/domain/messages/latest-page-redis';
import { migrate } from '@/lib/platform/db/migrations/migrate';
import { pool } from '@/lib/platform/db/pool';
import { closeRedis } from '@/lib/platform/redis/redis';
import { TestRedis } from '@/tests/support/redis';

const rounds = 7;
const pagesPerRound = 600;

/** Measures the gain of caching the newest page, and its cost when the cache misses, with Parley's functions in this process. */
export async function compareTail(database: Database): Promise<void> {
  process.env.DATABASE_URL = database.url;
  process.env.RATE_LIMIT_MESSAGE = process.env.RATE_LIMIT_OTHER = '10000000/60';
  await migrate(database.url);
  const server = await TestRedis.start();
  process.env.REDIS_URL = server.url;
  for (const lively of [true, false]) await compareWays(await Tail.prepare(database, lively), lively);
  await closeRedis();
  await server.stop();
  await pool().end();
}

async function compareWays(tail: Tail, lively: boolean): Promise<void> {
  await pool().query('VACUUM ANALYZE');
  const [memory, redis] = [new MemoryLatestPages(), new RedisLatestPages()];
  const ways = [
    { name: 'PostgreSQL', read: tail.plain, figures: [] as TailFigures[] },
    ...Object.entries({
      'memory, hit': tail.kept(new LatestPages(memory)),
      'memory, miss': tail.kept(new LatestPages(memory), true),
      'memory, miss and keep': tail.kept(new LatestPages(missing(memory))),
      'Redis, hit': tail.kept(new LatestPages(redis)),
      'Redis, miss': tail.kept(new LatestPages(redis), true),
      'Redis, miss and keep': tail.kept(new LatestPages(missing(redis))),
    }).map(([name, read]) => ({ name, read, figures: [] as TailFigures[] })),
  ];
  for (const { read } of ways) {
    await tail.compare(read);
    await tail.measure(read, pagesPerRound);
  }
  for (let round = 0; round < rounds; round += 1)
    for (const { read, figures } of ways) figures.push(await tail.measure(read, pagesPerRound));
  say(
    `\ntail: the newest 50 messages${lively ? ', with replies and reactions' : ', nothing but text'}; access included (medians of ${rounds} interleaved rounds of ${pagesPerRound})`,
  );
  say(row(['', 'alone ms', 'times', 'pages/s', 'times', 'node µs', 'database µs']));
  const plain = ways[0]?.figures ?? [];
  for (const { name, figures } of ways) {
    const of = (key: keyof TailFigures) => median(figures.map((figure) => figure[key]));
    const times = (key: keyof TailFigures, invert = false) =>
      median(
        figures.map((figure, index) => {
          const ratio = figure[key] / (plain[index]?.[key] ?? Number.NaN);
          return invert ? 1 / ratio : ratio;
        }),
      ).toFixed(2);
    const speeds = [of('alone').toFixed(2), times('alone', true), whole(of('rate')), times('rate')];
    say(row([name, ...speeds, whole(of('nodeCpu')), whole(of('databaseCpu'))]));
  }
}

/** A cache that is read and written normally, but never returns a hit. */
const missing = (store: LatestPageStore): LatestPageStore => ({
  get: async (key) => (await store.get(key)) && null,
  set: (key, text) => store.set(key, text),
});
