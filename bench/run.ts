import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseline, type Database, databaseBeside, type ParleySubject, parley, type Subject } from '@/bench/load/subject';
import { compareDelivery, shapes } from '@/bench/reports/delivery';
import { compareHistory } from '@/bench/reports/history';
import { reportIdle } from '@/bench/reports/idle';
import { compareMemory } from '@/bench/reports/memory';
import { compareNodes } from '@/bench/reports/nodes';
import { reportPage } from '@/bench/reports/page';
import { compareRest } from '@/bench/reports/rest';
import { compareStorms } from '@/bench/reports/storm';
import { say, verdict } from '@/bench/reports/table';
import { simulate } from '@/bench/simulation/report';
import { startEmbedded } from '@/lib/platform/db/embedded/embedded';
import { generate } from '@/scripts/generate';

const isCount = (argument: string) => /^\d+$/.test(argument);
/** `npm run bench -- search 10000000`: among how many messages is searched */
const messages = process.argv.slice(2).filter(isCount).map(Number)[0];

/**
 * `npm run bench [-- scenario ...]`: compares the built Parley with its baselines, on loopback. Rounds are interleaved. Compare ratios
 * within one run: absolute numbers depend on the machine, ratios hardly do.
 */
const scenarios: Record<string, (database: Database) => Promise<void>> = {
  ...Object.fromEntries(
    Object.keys(shapes).map((name) => [name, (database: Database) => withAll(database, (all) => compareDelivery(name, all))]),
  ),
  memory: async (database) => {
    const parleyDatabase = await databaseBeside(database);
    await withSubjects(
      [() => baseline('Socket.IO 4.8, bare', 'bench/servers/socketio.ts'), () => parley(parleyDatabase)],
      compareMemory,
    );
  },
  history: async (database) => {
    const small = await databaseBeside(database);
    const large = await databaseBeside(database);
    await withSubjects([() => parley(small), () => parley(large)], (subjects) => compareHistory(subjects, [small, large]));
  },
  tail: async (database) => {
    // This scenario calls Parley's functions in this process, and they import the generated client.
    await generate();
    const { compareTail } = await import('@/bench/reports/tail');
    await compareTail(await databaseBeside(database));
  },
  search: async (database) => {
    await generate();
    const { compareSearch } = await import('@/bench/reports/search');
    await compareSearch(await databaseBeside(database), messages);
  },
  rest: compareRest,
  page: (database) => withParley(database, reportPage),
  nodes: compareNodes,
  idle: (database) => withParley(database, reportIdle),
  storm: (database) => withParley(database, compareStorms),
};

const chosen = process.argv.slice(2).filter((name) => !isCount(name));
const unknown = chosen.filter((name) => !(name in scenarios) && name !== 'simulation');
if (unknown.length > 0) {
  say(`Unknown scenario ${unknown.join(', ')}. Known are simulation, ${Object.keys(scenarios).join(', ')}.`);
  process.exit(1);
}
// Shared with the servers of this run, because scenarios create sessions directly instead of signing in.
process.env.AUTH_SECRET = randomBytes(32).toString('hex');
process.env.ACCESS_TOKEN_SECONDS = '7200';
// The simulation needs no database, so it runs before one starts.
if (chosen.length === 0 || chosen.includes('simulation')) simulate();
if (chosen.length === 1 && chosen.includes('simulation')) process.exit(0);
const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
const database = await startEmbedded(folder);
try {
  for (const [name, run] of Object.entries(scenarios)) if (chosen.length === 0 || chosen.includes(name)) await run(database);
} finally {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
say(verdict());

type Subjects = Subject[];

async function withAll(database: Database, work: (subjects: Subjects) => Promise<void>): Promise<void> {
  const [plain, parleyDatabase] = [await databaseBeside(database), await databaseBeside(database)];
  const starters = [
    () => baseline('Socket.IO 4.8, bare', 'bench/servers/socketio.ts'),
    () => baseline('ws, bare', 'bench/servers/ws.ts'),
    () => baseline('Socket.IO + INSERT', 'bench/servers/socketio.ts', plain),
    () => parley(parleyDatabase),
  ];
  return withSubjects(starters, work);
}

async function withParley(
  beside: Database,
  work: (subject: ParleySubject, databaseUrl: string) => Promise<void>,
): Promise<void> {
  const parleyDatabase = await databaseBeside(beside);
  const subject = await parley(parleyDatabase);
  try {
    await work(subject, parleyDatabase.url);
  } finally {
    await subject.stop();
  }
}

/** Starts new processes for each scenario, so that earlier scenarios have no effect on later ones. */
async function withSubjects(
  starters: (() => Promise<Subjects[number]>)[],
  work: (subjects: Subjects) => Promise<void>,
): Promise<void> {
  const subjects: Subjects = [];
  try {
    for (const start of starters) subjects.push(await start());
    await work(subjects);
  } finally {
    for (const subject of subjects) await subject.stop();
  }
}
