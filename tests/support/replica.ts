import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { findBinaries } from '@/lib/platform/db/embedded/binaries';
import { clusterFolder, findRunner } from '@/lib/platform/db/embedded/cluster';
import { type Embedded, startEmbedded } from '@/lib/platform/db/embedded/embedded';
import { type Postmaster, startPostmaster, stopPostmaster } from '@/lib/platform/db/embedded/process';
import { migrate } from '@/lib/platform/db/migrations/migrate';
import { freePort } from '@/lib/platform/process/port';

/** A migrated PostgreSQL for one test file, and a standby with streaming replication. */
export class TestReplica {
  readonly #folders: string[];
  readonly #primary: Embedded;
  readonly #port: number;
  #standby: Postmaster;

  private constructor(folders: string[], primary: Embedded, port: number, standby: Postmaster) {
    this.#folders = folders;
    this.#primary = primary;
    this.#port = port;
    this.#standby = standby;
  }

  static async start(): Promise<TestReplica> {
    const [folder = '', copy = ''] = await Promise.all(
      ['primary', 'standby'].map((name) => mkdtemp(join(tmpdir(), `parley-${name}-`))),
    );
    const first = await startEmbedded(folder);
    await migrate(first.url);
    await first.stop();
    // The embedded binaries have no pg_basebackup, but a copy of a stopped cluster is equivalent.
    spawnSync('cp', ['-a', `${folder}/.`, copy]);
    const primary = await startEmbedded(folder);
    const { hostname, port, username, password } = new URL(primary.url);
    const cluster = clusterFolder(copy);
    writeFileSync(join(cluster, 'standby.signal'), '');
    appendFileSync(
      join(cluster, 'postgresql.auto.conf'),
      `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password}'\nwal_retrieve_retry_interval = '100ms'\n`,
    );
    const own = await freePort();
    return new TestReplica([folder, copy], primary, own, await launch(copy, own));
  }

  get primaryUrl(): string {
    return this.#primary.url;
  }

  get url(): string {
    return Object.assign(new URL(this.#primary.url), { port: `${this.#port}` }).href;
  }

  /** Pauses replay: the standby still receives changes, but does not show them. */
  async pause(): Promise<void> {
    await this.ask('SELECT pg_wal_replay_pause()');
    await expect.poll(() => this.ask('SELECT pg_get_wal_replay_pause_state() AS answer')).toBe('paused');
  }

  /** Waits until the standby shows everything that the primary has now. */
  async resume(): Promise<void> {
    if (await this.ask('SELECT pg_is_wal_replay_paused() AS answer')) await this.ask('SELECT pg_wal_replay_resume()');
    await this.caughtUp();
  }

  /** Pauses replay during the work, and resumes it afterwards. */
  async whileBehind(work: () => Promise<void>): Promise<void> {
    await this.pause();
    try {
      await work();
    } finally {
      await this.resume();
    }
  }

  async caughtUp(): Promise<void> {
    const position = await ask(this.primaryUrl, 'SELECT pg_current_wal_lsn() AS answer');
    await expect
      .poll(() => this.ask(`SELECT pg_last_wal_replay_lsn() >= '${position}' AS answer`), { timeout: 10_000 })
      .toBe(true);
  }

  /** @returns the column `answer` of the first row on the standby */
  ask(text: string): Promise<unknown> {
    return ask(this.url, text);
  }

  /** Kills it without notice to its connections. */
  async kill(): Promise<void> {
    await stopPostmaster(this.#standby.pid, 0);
  }

  async restart(): Promise<void> {
    this.#standby = await launch(this.#folders[1] ?? '', this.#port);
  }

  /** Makes it hang: it answers nothing, and closes no connection. */
  freeze(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGCONT');
  }

  /** Promotes it: it stops following the primary, and accepts writes. */
  async promote(): Promise<void> {
    await this.ask('SELECT pg_promote()');
  }

  async stop(): Promise<void> {
    await stopPostmaster(this.#standby.pid, 5_000);
    await this.#primary.stop();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }

  #processes(): number[] {
    const { pid } = this.#standby;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    return [pid, ...children];
  }
}

function launch(folder: string, port: number): Promise<Postmaster> {
  const { runner, binaries } = findRunner(folder, findBinaries());
  return startPostmaster(runner, binaries.postgres, clusterFolder(folder), port, join(folder, 'postgres.log'));
}

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(text);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}
