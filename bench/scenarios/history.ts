import { performance } from 'node:perf_hooks';
import pg from 'pg';
import type { Subject } from '@/bench/load/subject';
import type { Account } from '@/bench/load/workspace';

const people = 20;
const months = 36;
const pageLength = 50;

/** A conversation with messages of three years. */
export class History {
  readonly #origin: string;
  readonly #reader: Account;
  readonly #roomId: string;
  readonly #anchors: string[];

  private constructor(origin: string, reader: Account, roomId: string, anchors: string[]) {
    this.#origin = origin;
    this.#reader = reader;
    this.#roomId = roomId;
    this.#anchors = anchors;
  }

  /** Fills a room with messages, spread evenly over 36 months, in all partitions. */
  static async prepare(subject: Subject, databaseUrl: string, count: number): Promise<History> {
    const members = await subject.accounts(people);
    const [reader] = members;
    if (!reader) throw new Error('The history needs a reader.');
    const { id } = await subject.room(members);
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const since = new Date();
    since.setUTCMonth(since.getUTCMonth() - months);
    await client.query('SELECT parley_make_partitions($1, now())', [since]);
    await client.query('DELETE FROM "Message" WHERE "conversationId" = $1', [id]);
    // Disables foreign key checks: five million lookups of people and conversation would take longer than everything else.
    await client.query('SET session_replication_role = replica');
    await client.query(fillText, [id, members.map((member) => member.id), count, since]);
    await client.query(headText, [id]);
    await client.query('VACUUM ANALYZE "Message"');
    const { rows } = await client.query(anchorText, [id, count]);
    await client.end();
    return new History(
      `http://127.0.0.1:${subject.port}`,
      reader,
      id,
      rows.map((row) => row.id),
    );
  }

  /** Reads pages: in turn the newest, one before and one around an older message. @returns the milliseconds of each */
  async read(pages: number): Promise<number[]> {
    const durations: number[] = [];
    for (let page = 0; page < pages; page += 1) {
      const anchor = this.#anchors[(page * 37) % this.#anchors.length];
      const where = ['', `&before=${anchor}`, `&around=${anchor}`][page % 3];
      const startedAt = performance.now();
      const response = await fetch(`${this.#origin}/api/conversations/${this.#roomId}/messages?limit=${pageLength}${where}`, {
        headers: { authorization: `Bearer ${this.#reader.token}` },
      });
      const { messages } = (await response.json()) as { messages: { seq: number }[] };
      durations.push(performance.now() - startedAt);
      const gap = messages.findIndex(({ seq }, index) => index > 0 && seq !== (messages[index - 1]?.seq ?? 0) + 1);
      if (messages.length !== pageLength || gap >= 0) throw new Error(`A page of ${messages.length} messages, or with a gap.`);
    }
    return durations;
  }
}

const fillText = `
  INSERT INTO "Message" (id, "conversationId", seq, rev, "senderId", "clientMessageId", type, content, "createdAt")
  SELECT parley_uuid((extract(epoch FROM at) * 1000)::bigint << 12), $1, n, n, ($2::uuid[])[1 + n % cardinality($2::uuid[])],
    'history-' || n, 'TEXT', 'What was said as number ' || n || ' ' || repeat('word ', n % 40), at
  FROM (SELECT n, $4::timestamptz + (now() - $4::timestamptz) * (n::float8 / $3::int) AS at FROM generate_series(1, $3::int) AS n) AS t`;

const headText = `
  UPDATE "Conversation" c SET "lastSeq" = m.seq, "lastRev" = m.rev, "headId" = m.id, "lastMessageAt" = m."createdAt"
  FROM (SELECT id, seq, rev, "createdAt" FROM "Message" WHERE "conversationId" = $1 ORDER BY seq DESC LIMIT 1) m WHERE c.id = $1`;

// Messages far enough from both ends for a whole page on either side.
const anchorText = `
  SELECT id FROM "Message" WHERE "conversationId" = $1
    AND seq = ANY (ARRAY(SELECT 100 + (n::bigint * ($2::int - 200) / 200)::int FROM generate_series(1, 200) AS n))`;
