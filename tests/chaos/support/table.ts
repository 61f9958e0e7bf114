import pg from 'pg';
import type { Row } from '@/tests/chaos/support/checker';

/** Reads the database directly, without the server. */
export class Tables {
  readonly #find: () => string | null;

  /** @param find returns the current address of the database */
  constructor(find: () => string | null) {
    this.#find = find;
  }

  get url(): string {
    const url = this.#find();
    if (!url) throw new Error('PostgreSQL does not run.');
    return url;
  }

  /** A conversation's messages in the order of their ids, without system messages. */
  messages(conversationId: string): Promise<Row[]> {
    return this.query<Row>(
      `SELECT id, seq, "senderId", "clientMessageId", content FROM "Message"
       WHERE "conversationId" = $1 AND type <> 'SYSTEM' ORDER BY id`,
      [conversationId],
    );
  }

  /** The conversation's header. */
  async head(conversationId: string): Promise<{ lastSeq: number; lastRev: number }> {
    const text = 'SELECT "lastSeq", "lastRev" FROM "Conversation" WHERE id = $1';
    const [head] = await this.query<{ lastSeq: number; lastRev: number }>(text, [conversationId]);
    if (!head) throw new Error(`There is no conversation ${conversationId}.`);
    return head;
  }

  /** The number of inserted messages and of WAL fsyncs, as far as PostgreSQL's processes have reported them. */
  async written(): Promise<{ messages: number; fsyncs: number }> {
    const text = `SELECT (SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'Change')::int AS messages,
      (SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal')::int AS fsyncs`;
    const [row] = await this.query<{ messages: number; fsyncs: number }>(text);
    if (!row) throw new Error('PostgreSQL keeps no statistics.');
    return row;
  }

  /** Connects for each query, because the database may have been killed since the last one. */
  async query<Result extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Result[]> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Result>(text, values)).rows;
    } finally {
      await client.end();
    }
  }
}
