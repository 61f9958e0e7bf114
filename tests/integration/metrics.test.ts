import { afterEach, expect, test, vi } from 'vitest';
import { metricsText } from '@/boot/metrics';
import { refusal } from '@/lib/doors/rest/answer';
import { pool } from '@/lib/platform/db/pool';
import { log } from '@/lib/platform/log/log';
import { inContext } from '@/lib/platform/process/context';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';
import { insertGroup } from '@/tests/support/conversations';
import { cast, createPerson } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

process.env.SLOW_STATEMENT_MS = '500';

const sockets = socketServer();

afterEach(() => vi.restoreAllMocks());

/** The current value of a series; 0 if it does not exist. */
async function value(series: string): Promise<number> {
  const { body } = await metricsText();
  const line = body.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? 0);
}

/** The increase of each series during the work. */
async function growth(series: string[], work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await Promise.all(series.map(value));
  await work();
  const after = await Promise.all(series.map(value));
  return Object.fromEntries(series.map((name, index) => [name, (after[index] ?? 0) - (before[index] ?? 0)]));
}

test('a message is counted when it is stored, acknowledged and delivered', async () => {
  const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
  const conversationId = await insertGroup([ada, grace]);
  const [one, other, outsider] = [await sockets.connect(ada), await sockets.connect(grace), await sockets.connect(mallory)];
  const message = { conversationId, clientMessageId: 'first', content: 'hello' };
  const grown = await growth(
    [
      'parley_messages_total{outcome="stored"}',
      'parley_messages_total{outcome="again"}',
      'parley_messages_total{outcome="refused"}',
      'parley_commit_messages_sum',
      'parley_commit_seconds_count{outcome="committed"}',
      'parley_acks_total{code="ok"}',
      'parley_acks_total{code="NOT_FOUND"}',
      'parley_errors_total{door="socket",code="NOT_FOUND"}',
      'parley_socket_event_seconds_count{event="message.send"}',
      'parley_fanout_sockets_sum{event="message.received"}',
    ],
    async () => {
      await one.ask('message.send', message);
      await other.hear('message.received');
      await one.ask('message.send', message);
      await expect(outsider.ask('message.send', message)).rejects.toThrow(/NOT_FOUND/);
    },
  );
  expect(Object.values(grown)).toEqual([1, 1, 1, 3, 3, 2, 1, 1, 3, 2]);
});

test('connections are counted as they open and close', async () => {
  const ada = await createPerson();
  const begun = await growth(['parley_socket_connections_total', 'parley_sockets'], () => sockets.connect(ada));
  expect(begun).toEqual({ parley_socket_connections_total: 1, parley_sockets: 1 });
});

test('cache hits and queue depths are visible', async () => {
  const { body } = await metricsText();
  expect(body).toMatch(/^parley_cache_requests_total\{cache="sessions",result="(hit|miss)"\} [1-9]/m);
  expect(body).toMatch(/^parley_queue_depth\{queue="messages"\} 0$/m);
  expect(body).toMatch(/^parley_queue_depth\{queue="socket_events"\} 0$/m);
  expect(body).toMatch(/^parley_database_statement_seconds_count [1-9]/m);
  expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});

test('errors are counted by code, and unexpected ones separately', async () => {
  vi.spyOn(log(), 'error').mockReturnValue();
  const grown = await growth(
    ['parley_errors_total{door="rest",code="UNAVAILABLE"}', 'parley_faults_total{door="rest"}'],
    async () => refusal(new Error('A fault of ours.')),
  );
  expect(Object.values(grown)).toEqual([1, 1]);
});

test('a slow statement is logged without its values', async () => {
  const warn = vi.spyOn(log(), 'warn').mockReturnValue();
  await pool().query('SELECT pg_sleep($1), $2::text', [0.6, 'a secret']);
  await pool().query({ name: 'slow.named', text: 'SELECT pg_sleep($1)', values: [0.55] });
  await pool().query('SELECT 1');
  const lines = warn.mock.calls.map(([line]) => line as unknown as { statement: string; ms: number });
  expect(lines.map(({ statement }) => statement)).toEqual(['SELECT pg_sleep($1), $2::text', 'slow.named']);
  expect(lines[0]?.ms).toBeGreaterThanOrEqual(600);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

async function tryLimit(kind: 'group' | 'signin', subject: string): Promise<void> {
  await Promise.resolve()
    .then(() => takeLimit(kind, subject))
    .catch(() => {});
}

test('a rate limit violation is logged once, and counted each time', async () => {
  const warn = vi.spyOn(log(), 'warn').mockReturnValue();
  const grown = await growth(['parley_limit_violations_total{kind="group"}'], async () => {
    for (let asked = 0; asked < 15; asked += 1) await tryLimit('group', 'somebody');
  });
  expect(Object.values(grown)).toEqual([5]);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn).toHaveBeenCalledWith({ kind: 'group', subject: 'somebody' }, expect.any(String));
});

test('an account with too many sign-in attempts is not logged by name', async () => {
  const warn = vi.spyOn(log(), 'warn').mockReturnValue();
  for (let asked = 0; asked < 12; asked += 1) await tryLimit('signin', 'a password typed here');
  expect(JSON.stringify(warn.mock.calls)).not.toContain('password');
});

test('a log line names the request it belongs to', async () => {
  const lines: string[] = [];
  const stream = (log() as unknown as Record<symbol, { write: (line: string) => void }>)[streamOf(log())]!;
  vi.spyOn(stream, 'write').mockImplementation((line) => void lines.push(line));
  await inContext({ requestId: 'request-1' }, async () => {
    await pool().query('SELECT pg_sleep(0.55)');
  });
  log().warn('Nobody asked for this.');
  const [asked, own] = lines.map((line) => JSON.parse(line));
  expect(asked).toMatchObject({ requestId: 'request-1', statement: 'SELECT pg_sleep(0.55)' });
  expect(own).not.toHaveProperty('requestId');
});

const streamOf = (logger: object) =>
  Object.getOwnPropertySymbols(logger).find((symbol) => symbol.description === 'pino.stream')!;
