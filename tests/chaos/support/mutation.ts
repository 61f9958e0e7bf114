import type { Tables } from '@/tests/chaos/support/table';

/**
 * A fault put into the running database of one test, to see that the checker finds what it does. The server is the one that
 * people run: nothing in it can be switched to be wrong.
 */
export interface Mutation {
  /** Changes the statement that stores messages. */
  rewrite?: [right: string | RegExp, wrong: string];
  /** SQL to make it possible, and to undo that. */
  before?: string;
  after?: string;
}

/** Nothing knows a retry from a new message. */
export const noDeduplication: Mutation = {
  before: 'ALTER TABLE "Sent" DROP CONSTRAINT "Sent_pkey"',
  after: 'TRUNCATE "Sent"; ALTER TABLE "Sent" ADD PRIMARY KEY ("conversationId", "senderId", "clientMessageId")',
};

/** The number comes from a sequence, as it does in most chats, and not from the conversation. */
export const numbersFromASequence: Mutation = {
  before: 'CREATE SEQUENCE mutant CACHE 20',
  rewrite: [
    /h\."lastSeq" \+ \(count\(\*\) FILTER \(WHERE v\.ty <> 'SYSTEM'\) OVER w\)::int AS seq/,
    `nextval('mutant')::int AS seq`,
  ],
  after: 'DROP SEQUENCE mutant',
};

/** Own messages are not counted apart, so somebody who had not read everything has their own as unread. */
export const ownCountAsUnread: Mutation = {
  rewrite: ['ELSE p."ownSinceRead" + l.n END', 'ELSE p."ownSinceRead" END'],
};

/** Runs something while the database has this fault. */
export async function withMutation<Result>(tables: Tables, mutation: Mutation, work: () => Promise<Result>): Promise<Result> {
  const { before, rewrite, after } = mutation;
  if (before) await tables.query(before);
  const right = await definition(tables);
  if (rewrite) {
    const wrong = right.replace(...rewrite);
    if (wrong === right) throw new Error(`parley_send has no ${rewrite[0]} any more: the mutation would prove nothing.`);
    await tables.query(wrong);
  }
  try {
    return await work();
  } finally {
    await tables.query(right);
    if (after) await tables.query(after);
  }
}

async function definition(tables: Tables): Promise<string> {
  const [row] = await tables.query<{ text: string }>(
    `SELECT pg_get_functiondef(p.oid) AS text FROM pg_proc p WHERE p.proname = 'parley_send'`,
  );
  if (!row) throw new Error('There is no parley_send.');
  return row.text;
}
