import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll } from 'vitest';
import { Client } from '@/tests/support/client';
import type { Person } from '@/tests/support/people';
import { TestRedis } from '@/tests/support/redis';
import { type SocketFixture, socketServer, testOfflineAfterMs, tokenFor } from '@/tests/support/sockets';

/** Two nodes on one database and one Redis: this process, whose internals a test can reach, and a second process. */
export interface Nodes {
  redis: TestRedis;
  /** this process */
  here: SocketFixture;
  /** A signed-in device of this person on the other node. */
  connectThere(person: Person): Promise<Client>;
  /** Kills the other node. */
  kill(): Promise<void>;
}

/** Call it at the top of a file, before anything reads the environment. */
export async function twoNodes(): Promise<Nodes> {
  const redis = await TestRedis.start();
  process.env.REDIS_URL = redis.url;
  // Hooks run in reverse order, so what the others need is registered first and stops last.
  afterAll(() => redis.stop());
  const here = socketServer();
  const clients: Client[] = [];
  let there: { child: ChildProcess; url: string } | undefined;
  beforeAll(async () => {
    there = await launch();
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    if (there) await end(there.child, 'SIGTERM');
  });
  return {
    redis,
    here,
    connectThere: async (person) => {
      const client = new Client(there?.url ?? '', { token: (await tokenFor(person)).token });
      clients.push(client);
      return client.connected();
    },
    kill: async () => {
      if (there) await end(there.child, 'SIGKILL');
    },
  };
}

async function launch(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/node.program.ts', `${testOfflineAfterMs}`], {
    env: { ...process.env, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const said = /^port (\d+)$/m.exec(`${chunk}`)?.[1];
      if (said) resolve(said);
    });
    child.once('exit', (code) => reject(new Error(`The other node ended with ${code}.`)));
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
