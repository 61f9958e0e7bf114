import type { ChildProcess } from 'node:child_process';
import pg from 'pg';
import { end, program, reply } from '@/bench/load/process';
import { type Account, type Room, Workspace } from '@/bench/load/workspace';
import { freePort } from '@/lib/platform/process/port';
import { type RunningServer, startServer } from '@/tests/support/server';

/** A measured server, with functions to create people and rooms on it. */
export interface Subject {
  name: string;
  port: number;
  serverPid: number;
  /** port of its inspector, which starts on SIGUSR1 */
  inspectPort: number;
  /** a cheap request: an event and its input */
  request: [event: string, input: string];
  /** undefined without a database */
  databasePid?: number;
  /** whether the server guarantees the order of a room's messages */
  ordered: boolean;
  accounts: (count: number) => Promise<Account[]>;
  room: (members: Account[]) => Promise<Room>;
  /** compares acknowledged with stored messages; undefined when nothing is stored */
  reread?: Workspace['reread'];
  stop: () => Promise<void>;
}

export interface Database {
  url: string;
  pid: () => number;
}

let databases = 0;

/** Creates an empty database in the same PostgreSQL. Every server of every scenario starts with one. */
export async function databaseBeside({ url, pid }: Database): Promise<Database> {
  databases += 1;
  const name = `bench_${databases}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return { url: Object.assign(new URL(url), { pathname: `/${name}` }).href, pid };
}

/** A Parley that can be restarted on the same port, as a supervisor does. */
export interface ParleySubject extends Subject {
  restart: () => Promise<void>;
}

/** Starts the built Parley like `npm start`, with rate limits above any load. */
export async function parley(database: Database, environment: Record<string, string> = {}): Promise<ParleySubject> {
  const inspectPort = await freePort();
  const server: RunningServer = await startServer({
    DATABASE_URL: database.url,
    DATABASE_POOL: '10',
    LOG_LEVEL: 'error',
    NODE_OPTIONS: `--inspect-port=${inspectPort}`,
    ...unlimited,
    ...environment,
  });
  const workspace = new Workspace(server.origin);
  return {
    name: 'Parley',
    port: server.port,
    get serverPid() {
      return server.process.pid ?? 0;
    },
    inspectPort,
    request: ['conversation.heads', '{}'],
    databasePid: database.pid(),
    ordered: true,
    accounts: (count) => workspace.accounts(count),
    room: (members) => workspace.room(members),
    reread: (room, acked, content) => workspace.reread(room, acked, content),
    restart: async () => {
      await server.down();
      await server.up();
    },
    stop: () => server.stop(),
  };
}

const unlimited = Object.fromEntries(
  ['MESSAGE', 'OTHER', 'REGISTER', 'SIGNIN', 'GROUP'].map((kind) => [`RATE_LIMIT_${kind}`, '10000000/60']),
);

/** A baseline of bench/servers/. */
export async function baseline(name: string, path: string, database?: Database): Promise<Subject> {
  const [port, inspectPort] = [await freePort(), await freePort()];
  const child: ChildProcess = program(path, {
    PORT: `${port}`,
    DATABASE_URL: database?.url ?? '',
    NODE_OPTIONS: `--inspect-port=${inspectPort}`,
  });
  await reply(child, 10_000);
  return {
    name,
    port,
    serverPid: child.pid ?? 0,
    inspectPort,
    request: ['message.send', '{"conversationId":"nobody","clientMessageId":"1","content":"x"}'],
    databasePid: database?.pid(),
    // INSERTs run concurrently: seq is assigned before the INSERT and the broadcast follows it, so broadcasts may be out of order.
    ordered: !database,
    accounts: async (count) =>
      Array.from({ length: count }, (_, index) => ({ id: `user-${index}`, auth: { userId: `user-${index}` }, token: '' })),
    room: async () => ({ id: crypto.randomUUID(), lastSeq: 0 }),
    stop: () => end(child),
  };
}
