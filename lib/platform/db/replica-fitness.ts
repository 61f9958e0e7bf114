import type pg from 'pg';
import { pool } from '@/lib/platform/db/pool';
import type { Row } from '@/lib/platform/db/sql';

/** Throws unless this connection leads to a copy of the primary's very database, kept by PostgreSQL's own replication. */
export async function requireCopy(client: pg.ClientBase): Promise<void> {
  const [own, other] = [
    await only<{ identity: string }>(pool(), identityText),
    await only<{ identity: string }>(client, identityText),
  ];
  if (own.identity !== other.identity) throw new Error('it is no streaming replica of the database of DATABASE_URL');
}

/** Whether a replica keeps up: within a while it has to be where the primary was at its beginning. */
export class Progress {
  #goal = { position: '0/0', setAt: 0 };

  /** @param patienceMs how far behind it may be */
  constructor(private readonly patienceMs: number) {}

  /** Throws when it is further behind than that. */
  async check(client: pg.ClientBase): Promise<void> {
    const { there } = await only<{ there: boolean }>(client, `SELECT ${position} >= $1::pg_lsn AS there`, [
      this.#goal.position,
    ]);
    if (there) {
      const { at } = await only<{ at: string }>(pool(), `SELECT ${position}::text AS at`);
      this.#goal = { position: at, setAt: performance.now() };
    } else if (performance.now() - this.#goal.setAt > this.patienceMs)
      throw new Error(`it is more than ${this.patienceMs / 1_000} s behind`);
  }
}

async function only<Result extends Row>(on: pg.Pool | pg.ClientBase, text: string, values: unknown[] = []): Promise<Result> {
  const { rows } = await on.query<Result>(text, values);
  return rows[0] as Result;
}

// What physical copies share, and no other database has: the cluster's identifier, and the database's number in it.
const identityText = `
  SELECT (SELECT system_identifier FROM pg_control_system()) || '/' ||
    (SELECT oid FROM pg_database WHERE datname = current_database()) AS identity`;

const position = 'CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END';
