import type pg from 'pg';
import { pool } from '@/lib/platform/db/pool';
import type { Row } from '@/lib/platform/db/sql';

/** @throws when this connection does not lead to a streaming replica of the primary's database */
export async function requireReplica(client: pg.ClientBase): Promise<void> {
  const [primary, replica] = [
    await queryOne<{ identity: string }>(pool(), identityText),
    await queryOne<{ identity: string }>(client, identityText),
  ];
  if (primary.identity !== replica.identity) throw new Error('it is not a streaming replica of the database of DATABASE_URL');
}

/**
 * Measures whether a replica keeps up: it has to reach a past WAL position of the primary within `maxLagMs` after that position was
 * read.
 */
export class Progress {
  #target = { position: '0/0', setAt: 0 };

  readonly #maxLagMs: number;

  constructor(maxLagMs: number) {
    this.#maxLagMs = maxLagMs;
  }

  /** @throws when the replica is further behind */
  async check(client: pg.ClientBase): Promise<void> {
    const { reached } = await queryOne<{ reached: boolean }>(client, `SELECT ${position} >= $1::pg_lsn AS reached`, [
      this.#target.position,
    ]);
    if (reached) {
      const { at } = await queryOne<{ at: string }>(pool(), `SELECT ${position}::text AS at`);
      this.#target = { position: at, setAt: performance.now() };
    } else if (performance.now() - this.#target.setAt > this.#maxLagMs)
      throw new Error(`it is more than ${this.#maxLagMs / 1_000} s behind`);
  }
}

async function queryOne<Result extends Row>(
  on: pg.Pool | pg.ClientBase,
  text: string,
  values: unknown[] = [],
): Promise<Result> {
  const { rows } = await on.query<Result>(text, values);
  return rows[0] as Result;
}

// Physical replicas share the identifier of the cluster and the oid of the database. No other database has the same pair.
const identityText = `
  SELECT (SELECT system_identifier FROM pg_control_system()) || '/' ||
    (SELECT oid FROM pg_database WHERE datname = current_database()) AS identity`;

const position = 'CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END';
