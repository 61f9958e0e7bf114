import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { baseline, type Database, databaseBeside, parley, type Subject } from '@/bench/load/subject';
import { checkTarget, median, row, say, whole } from '@/bench/reports/table';
import {
  byHttp,
  bySocket,
  type Contestant,
  clientCount,
  fileBytes,
  measureRequests,
  type Operation,
  placeholderSeats,
  type RestFigures,
  type Seat,
  seatsOf,
} from '@/bench/scenarios/rest';

const rounds = 3;

const operations: Record<Operation, string> = {
  post: 'a message is posted',
  history: 'a page of 50 messages',
  list: 'the list of 50 conversations',
  file: 'a file of 100 KiB',
};

/** Required ratios of Parley's REST to other servers in the same run. */
const targets: [operation: Operation, other: string, minRatio: number][] = [
  ['post', 'Parley, socket', 0.8],
  ['post', 'Express 5', 1],
  ['history', 'Parley, socket', 0.8],
  ['history', 'Express 5', 0.7],
];

/** Compares REST with the socket, with Express and one statement per request, and with plain node:http. */
export async function compareRest(database: Database): Promise<void> {
  const [parleyDatabase, plain] = [await databaseBeside(database), await databaseBeside(database)];
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-file-'));
  process.env.BENCH_FILE = join(folder, 'file.bin');
  await writeFile(process.env.BENCH_FILE, fileBytes);
  const subjects: Subject[] = [];
  try {
    const chat = await parley(parleyDatabase);
    subjects.push(chat);
    const express = await baseline('Express 5', 'bench/servers/express.ts', plain);
    subjects.push(express);
    const bare = await baseline('node:http', 'bench/servers/http.ts');
    subjects.push(bare);
    await compareAll(await contestantsOf(chat, express, bare, plain), parleyDatabase);
  } finally {
    for (const subject of subjects) await subject.stop();
    await rm(folder, { recursive: true });
  }
}

async function contestantsOf(chat: Subject, express: Subject, bare: Subject, plain: Database): Promise<Contestant[]> {
  const seats = await seatsOf(chat);
  const [rows, nothing] = [await placeholderSeats(express), await placeholderSeats(bare)];
  await fillBaseline(plain, ['list', ...rows.map(({ roomId }) => roomId)]);
  const over = (name: string, subject: Subject, people: Seat[]): Contestant => ({
    ...{ name, subject },
    clients: (operation) => byHttp(people, operation),
  });
  return [
    { name: 'Parley, socket', subject: chat, clients: (operation) => bySocket(seats, operation) },
    over('Parley, REST', chat, seats),
    over('Express 5', express, rows),
    over('node:http', bare, nothing),
  ];
}

async function compareAll(all: Contestant[], parleyDatabase: Database): Promise<void> {
  for (const operation of Object.keys(operations) as Operation[]) {
    const participants = all.filter(({ name }) => name !== 'Parley, socket' || operation === 'post' || operation === 'history');
    const figures = new Map<string, RestFigures[]>(participants.map(({ name }) => [name, []]));
    const before = await countMessages(parleyDatabase);
    for (let round = 0; round < rounds; round += 1)
      for (const contestant of participants) figures.get(contestant.name)?.push(await measureRequests(contestant, operation));
    if (operation === 'post') await audit(parleyDatabase, before, figures);
    report(operation, figures);
  }
}

function report(operation: Operation, figures: Map<string, RestFigures[]>): void {
  say(`\nrest: ${operations[operation]}, ${clientCount} clients (medians of ${rounds} interleaved rounds)`);
  say(row(['', 'a second', 'p50 ms', 'p99 ms', 'server µs', 'database µs', 'bytes']));
  for (const [name, rounds] of figures) {
    const of = (key: keyof RestFigures) => median(rounds.map((round) => round[key]));
    const times = [of('p50').toFixed(1), of('p99').toFixed(1)];
    say(row([name, whole(of('perSecond')), ...times, whole(of('serverCpu')), whole(of('databaseCpu')), whole(of('bytes'))]));
  }
  const rest = figures.get('Parley, REST') ?? [];
  for (const [contestant, name, bound] of targets) {
    if (contestant !== operation) continue;
    const other = figures.get(name) ?? [];
    const reached = median(rest.map((round, index) => round.perSecond / (other[index]?.perSecond ?? Number.NaN)));
    checkTarget({ what: `rest ${operation}, times ${name}`, reached, bound, kind: 'least' });
  }
}

/** @throws unless the number of stored messages equals the number of successful responses */
async function audit(database: Database, before: number, figures: Map<string, RestFigures[]>): Promise<void> {
  const parleyDatabase = [...(figures.get('Parley, socket') ?? []), ...(figures.get('Parley, REST') ?? [])];
  const answered = parleyDatabase.reduce((sum, round) => sum + round.answered, 0);
  const stored = (await countMessages(database)) - before;
  if (stored !== answered) throw new Error(`the audit found ${stored} stored messages for ${answered} responses`);
}

async function countMessages({ url }: Database): Promise<number> {
  const [{ count }] = (await query(url, 'SELECT count(*)::int AS count FROM "Message"')) as [{ count: number }];
  return count;
}

const fillBaseline = ({ url }: Database, rooms: string[]) =>
  query(
    url,
    `INSERT INTO bench_rest (id, room, sender, content)
     SELECT gen_random_uuid(), room, gen_random_uuid(), repeat('x', 100) FROM unnest($1::text[]) AS room, generate_series(1, 100)`,
    [rooms],
  );

async function query(url: string, text: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
