import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Embedded, startEmbedded } from '@/lib/platform/db/embedded/embedded';

interface TestServer {
  url: string;
  stop: () => Promise<void>;
}

/** The embedded PostgreSQL in its own folder, or the one that PARLEY_TEST_DATABASE_URL names. */
export async function startPostgres(): Promise<TestServer> {
  const url = process.env.PARLEY_TEST_DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'parley-postgres-'));
  const postgres = await startEmbedded(folder);
  await hurry(postgres.url);
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An embedded PostgreSQL for one test file, which can be restarted. */
export class OwnPostgres {
  readonly #folder: string;
  #embedded: Embedded;

  private constructor(folder: string, embedded: Embedded) {
    this.#folder = folder;
    this.#embedded = embedded;
  }

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-postgres-'));
    const postgres = new OwnPostgres(folder, await startEmbedded(folder));
    await hurry(postgres.url);
    return postgres;
  }

  get url(): string {
    return this.#embedded.url;
  }

  /** Restarts it in order, as for an upgrade: all connections are closed, and it is away for a moment. */
  async restart(): Promise<void> {
    const { url } = this;
    await this.#embedded.stop();
    this.#embedded = await startEmbedded(this.#folder);
    if (this.url !== url) throw new Error('Somebody took the port of PostgreSQL.');
  }

  async stop(): Promise<void> {
    await this.#embedded.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Without fsync, because no test needs the data to survive a power cut. */
async function hurry(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER SYSTEM SET fsync = off');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}
