import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { baseline, type Database, databaseBeside, parley, type Subject } from '@/bench/load/subject';
import { hold, median, row, say, whole } from '@/bench/reports/table';
import {
  type Asked,
  byHttp,
  bySocket,
  clientCount,
  fileBytes,
  measureRequests,
  type Question,
  type RestFigures,
  type Seat,
  seatsAnywhere,
  seatsOf,
} from '@/bench/scenarios/rest';

const rounds = 3;

const questions: Record<Question, string> = {
  post: 'a message is posted',
  history: 'a page of 50 messages',
  list: 'the list of 50 conversations',
  file: 'a file of 100 KiB',
};

/** What Parley's REST has to reach of what the same run measured for others. */
const targets: [question: Question, other: string, least: number][] = [
  ['post', 'Parley, socket', 0.8],
  ['post', 'Express 5', 1],
  ['history', 'Parley, socket', 0.8],
  ['history', 'Express 5', 0.7],
];

/** REST beside the socket, beside Express with one statement a request, and beside nothing but node:http. */
export async function compareRest(database: Database): Promise<void> {
  const [own, plain] = [await databaseBeside(database), await databaseBeside(database)];
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-file-'));
  process.env.BENCH_FILE = join(folder, 'file.bin');
  await writeFile(process.env.BENCH_FILE, fileBytes);
  const subjects: Subject[] = [];
  try {
    const chat = await parley(own);
    subjects.push(chat);
    const express = await baseline('Express 5', 'bench/servers/express.ts', plain);
    subjects.push(express);
    const bare = await baseline('node:http', 'bench/servers/http.ts');
    subjects.push(bare);
    await compareAll(await askedOf(chat, express, bare, plain), own);
  } finally {
    for (const subject of subjects) await subject.stop();
    await rm(folder, { recursive: true });
  }
}

async function askedOf(chat: Subject, express: Subject, bare: Subject, plain: Database): Promise<Asked[]> {
  const seats = await seatsOf(chat);
  const [rows, nothing] = [await seatsAnywhere(express), await seatsAnywhere(bare)];
  await fillBaseline(plain, ['list', ...rows.map(({ roomId }) => roomId)]);
  const over = (name: string, subject: Subject, people: Seat[]): Asked => ({
    ...{ name, subject },
    clients: (question) => byHttp(people, question),
  });
  return [
    { name: 'Parley, socket', subject: chat, clients: (question) => bySocket(seats, question) },
    over('Parley, REST', chat, seats),
    over('Express 5', express, rows),
    over('node:http', bare, nothing),
  ];
}

async function compareAll(all: Asked[], own: Database): Promise<void> {
  for (const question of Object.keys(questions) as Question[]) {
    const concerned = all.filter(({ name }) => name !== 'Parley, socket' || question === 'post' || question === 'history');
    const figures = new Map<string, RestFigures[]>(concerned.map(({ name }) => [name, []]));
    const before = await countMessages(own);
    for (let round = 0; round < rounds; round += 1)
      for (const asked of concerned) figures.get(asked.name)?.push(await measureRequests(asked, question));
    if (question === 'post') await audit(own, before, figures);
    report(question, figures);
  }
}

function report(question: Question, figures: Map<string, RestFigures[]>): void {
  say(`\nrest: ${questions[question]}, ${clientCount} clients (medians of ${rounds} interleaved rounds)`);
  say(row(['', 'a second', 'p50 ms', 'p99 ms', 'server µs', 'database µs', 'bytes']));
  for (const [name, rounds] of figures) {
    const of = (key: keyof RestFigures) => median(rounds.map((round) => round[key]));
    const times = [of('p50').toFixed(1), of('p99').toFixed(1)];
    say(row([name, whole(of('perSecond')), ...times, whole(of('serverCpu')), whole(of('databaseCpu')), whole(of('bytes'))]));
  }
  const rest = figures.get('Parley, REST') ?? [];
  for (const [asked, name, bound] of targets) {
    if (asked !== question) continue;
    const other = figures.get(name) ?? [];
    const reached = median(rest.map((round, index) => round.perSecond / (other[index]?.perSecond ?? Number.NaN)));
    hold({ what: `rest ${question}, times ${name}`, reached, bound, kind: 'least' });
  }
}

/** What was answered is stored, and nothing else is. */
async function audit(database: Database, before: number, figures: Map<string, RestFigures[]>): Promise<void> {
  const own = [...(figures.get('Parley, socket') ?? []), ...(figures.get('Parley, REST') ?? [])];
  const answered = own.reduce((sum, round) => sum + round.answered, 0);
  const stored = (await countMessages(database)) - before;
  if (stored !== answered) throw new Error(`the audit found ${stored} messages of ${answered} that were answered`);
}

async function countMessages({ url }: Database): Promise<number> {
  const [{ count }] = (await ask(url, 'SELECT count(*)::int AS count FROM "Message"')) as [{ count: number }];
  return count;
}

const fillBaseline = ({ url }: Database, rooms: string[]) =>
  ask(
    url,
    `INSERT INTO bench_rest (id, room, sender, content)
     SELECT gen_random_uuid(), room, gen_random_uuid(), repeat('x', 100) FROM unnest($1::text[]) AS room, generate_series(1, 100)`,
    [rooms],
  );

async function ask(url: string, text: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
