import type { Tables } from '@/tests/chaos/support/table';

type Storing = 'parley_send' | 'parley_send_one';

/**
 * A fault in the database of one test, to prove that the checker finds its effect. The server is the real one; it has no switches for
 * faults.
 */
export interface Mutation {
  /** changes the SQL functions that store several messages, or one */
  rewrites?: Partial<Record<Storing, [right: string | RegExp, wrong: string]>>;
  /** SQL that prepares the fault, and that undoes it */
  before?: string;
  after?: string;
}

/** Retries are not recognised. */
export const noDeduplication: Mutation = {
  before: 'ALTER TABLE "Sent" DROP CONSTRAINT "Sent_pkey"',
  after: 'TRUNCATE "Sent"; ALTER TABLE "Sent" ADD PRIMARY KEY ("conversationId", "senderId", "clientMessageId")',
};

/** Numbers come from a sequence, as in most chats, instead of the locked conversation. */
export const numbersFromASequence: Mutation = {
  before: 'CREATE SEQUENCE mutant CACHE 20',
  rewrites: {
    parley_send: [
      /h\."lastSeq" \+ \(count\(\*\) FILTER \(WHERE v\.ty <> 'SYSTEM'\) OVER w\)::int AS seq/,
      `nextval('mutant')::int AS seq`,
    ],
    parley_send_one: ['next_seq := c."lastSeq" + 1', `next_seq := nextval('mutant')`],
  },
  after: 'DROP SEQUENCE mutant',
};

/** Own messages are not subtracted, so they count as unread for a sender who had not read everything. */
export const ownCountAsUnread: Mutation = {
  rewrites: {
    parley_send: ['ELSE p."ownSinceRead" + l.n END', 'ELSE p."ownSinceRead" END'],
    parley_send_one: ['SET "ownSinceRead" = r."ownSinceRead" + 1', 'SET "ownSinceRead" = r."ownSinceRead"'],
  },
};

/** Runs work while the database has this fault. */
export async function withMutation<Result>(tables: Tables, mutation: Mutation, work: () => Promise<Result>): Promise<Result> {
  const { before, rewrites = {}, after } = mutation;
  if (before) await tables.query(before);
  const rights: string[] = [];
  try {
    for (const [name, rewrite] of Object.entries(rewrites)) {
      const right = await definition(tables, name);
      const wrong = right.replace(...rewrite);
      if (wrong === right) throw new Error(`${name} has no ${rewrite[0]} any more: the mutation would prove nothing.`);
      await tables.query(wrong);
      rights.push(right);
    }
    return await work();
  } finally {
    for (const right of rights) await tables.query(right);
    if (after) await tables.query(after);
  }
}

async function definition(tables: Tables, name: string): Promise<string> {
  const [row] = await tables.query<{ text: string }>('SELECT pg_get_functiondef($1::regproc) AS text', [name]);
  if (!row) throw new Error(`There is no ${name}.`);
  return row.text;
}
