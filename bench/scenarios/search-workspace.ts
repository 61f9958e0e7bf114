import { indexMessages } from '@/lib/domain/search/index-messages';
import { uuidArray } from '@/lib/platform/db/arrays';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';

export const sizes = { people: 2_000, conversations: 500, readable: 200, months: 36, vocabulary: 20_000, messages: 1_000_000 };

const atOnce = 1_000;

export interface Filled {
  readerId: string;
  /** that the reader is in */
  roomIds: string[];
}

/** Fills a workspace with messages of three years, made of words with a Zipf share, a tenth of them Chinese, by SQL alone. */
export async function fill(count: number): Promise<Filled> {
  const { people, conversations, readable, months, vocabulary } = sizes;
  await pool().query('SELECT parley_make_partitions(now() - make_interval(months => $1), now())', [months]);
  await pool().query(peopleText, [people]);
  await pool().query(roomsText, [conversations]);
  const { rows } = await pool().query<{ id: string }>('SELECT id FROM "User" ORDER BY handle LIMIT 1');
  const readerId = rows[0]?.id ?? '';
  const rooms = await pool().query<{ id: string }>(joinText, [readerId, readable]);
  await pool().query(vocabularyText, [vocabulary]);
  const client = await pool().connect();
  try {
    // Disables foreign key checks, which would take longer than everything else.
    await client.query('SET session_replication_role = replica');
    for (let from = 1; from <= count; from += 100_000)
      await client.query(messagesText, [from, Math.min(count, from + 99_999), count, months, vocabulary]);
  } finally {
    client.release(true);
  }
  return { readerId, roomIds: rooms.rows.map(({ id }) => id) };
}

/** Indexes all messages as the background job does. @returns messages a second */
export async function indexEverything(): Promise<number> {
  const began = performance.now();
  let done = 0;
  for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await pool().query<{ id: string }>('SELECT id FROM "Message" WHERE id > $1 ORDER BY id LIMIT $2', [
      last,
      atOnce,
    ]);
    if (rows.length === 0) break;
    last = rows.at(-1)?.id ?? last;
    await transaction((client) =>
      indexMessages(
        rows.map(({ id }) => id),
        client,
      ),
    );
    done += rows.length;
  }
  return done / ((performance.now() - began) / 1_000);
}

/** What the others are measured by, on the same rows. @returns whether pg_trgm is there */
export async function indexForOthers(): Promise<boolean> {
  await pool().query(`CREATE INDEX bench_parser ON "Message" USING gin (to_tsvector('english', content))`);
  const { rows } = await pool().query(`SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'`);
  if (rows.length === 0) return false;
  await pool().query(
    'CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE INDEX bench_trigrams ON "Message" USING gin (content gin_trgm_ops)',
  );
  return true;
}

/** Bytes on disk, by what. */
export async function bytes(): Promise<Record<string, number>> {
  const { rows } = await pool().query<{ name: string; bytes: string }>(sizesText);
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}

/** Words of the vocabulary, the most frequent first. */
export async function wordsAt(ranks: number[]): Promise<string[]> {
  const { rows } = await pool().query<{ word: string }>('SELECT word FROM bench_words WHERE rank = ANY ($1) ORDER BY rank', [
    ranks,
  ]);
  return rows.map(({ word }) => word);
}

export const idsIn = (ids: string[]) => uuidArray(ids);

const peopleText = `
  INSERT INTO "User" (id, name, email, handle) SELECT gen_random_uuid(), 'Person ' || n, 'bench' || n || '@parley.test', 'bench' || lpad(n::text, 5, '0')
  FROM generate_series(1, $1::int) n`;

const roomsText = `
  INSERT INTO "Conversation" (id, kind, name, "createdById")
  SELECT gen_random_uuid(), 'GROUP', 'Room ' || n, (SELECT id FROM "User" ORDER BY handle LIMIT 1) FROM generate_series(1, $1::int) n`;

const joinText = `
  WITH joined AS (INSERT INTO "Participant" ("conversationId", "userId") SELECT id, $1::uuid FROM "Conversation" ORDER BY id LIMIT $2
    RETURNING "conversationId")
  SELECT "conversationId" AS id FROM joined`;

// Made of syllables, with endings that stemmers know.
const vocabularyText = `
  CREATE TABLE bench_words AS SELECT n AS rank,
    (SELECT string_agg(substr('bdfgklmnprstvz', 1 + (n / (14 ^ k)::int + k * 5) % 14, 1) || substr('aeiou', 1 + (n / (5 ^ k)::int + k) % 5, 1), '' ORDER BY k)
      FROM generate_series(0, 3) k) || (ARRAY['', '', 's', 'ed', 'ing'])[1 + n % 5] AS word
  FROM generate_series(1, $1::int) n`;

// A word of rank r comes with a share of 1/r; conversations and people have unequal shares, too.
const messagesText = `
  WITH words AS MATERIALIZED (SELECT array_agg(word ORDER BY rank) AS w FROM bench_words),
    rooms AS MATERIALIZED (SELECT array_agg(id ORDER BY id) AS r FROM "Conversation"),
    people AS MATERIALIZED (SELECT array_agg(id ORDER BY handle) AS p FROM "User")
  INSERT INTO "Message" (id, "conversationId", seq, rev, "senderId", "clientMessageId", type, content, "createdAt")
  SELECT parley_uuid(((extract(epoch FROM at) * 1000)::bigint << 12) + n % 4096), r[1 + floor(power(random(), 1.5) * cardinality(r))::int], n, n,
    p[1 + floor(power(random(), 2) * cardinality(p))::int], 'bench-' || n, 'TEXT',
    CASE WHEN n % 10 = 0 THEN (SELECT string_agg(chr(19968 + floor(exp(random() * ln(3000)))::int + g % 2), '') FROM generate_series(1, 8 + n % 12) g)
      ELSE (SELECT string_agg(w[greatest(1, floor(exp(random() * ln($5::int)))::int + g * 0)], ' ') FROM generate_series(1, 6 + n % 12) g) END
      || CASE WHEN n % 25 = 0 THEN ' https://bench.example/' || n ELSE '' END, at
  FROM (SELECT n, now() - make_interval(months => $4) + make_interval(months => $4) * (n::float8 / $3::int) AS at FROM generate_series($1::int, $2::int) n) t,
    words, rooms, people`;

const sizesText = `
  SELECT 'messages' AS name, sum(pg_table_size(i.inhrelid))::text AS bytes FROM pg_inherits i WHERE i.inhparent = '"Message"'::regclass
  UNION ALL SELECT 'search rows', sum(pg_table_size(i.inhrelid))::text FROM pg_inherits i WHERE i.inhparent = '"MessageSearch"'::regclass
  UNION ALL SELECT 'search indexes', sum(pg_indexes_size(i.inhrelid))::text FROM pg_inherits i WHERE i.inhparent = '"MessageSearch"'::regclass
  UNION ALL SELECT 'parser index', sum(pg_relation_size(i.inhrelid))::text FROM pg_inherits i WHERE i.inhparent = to_regclass('bench_parser')
  UNION ALL SELECT 'trigram index', sum(pg_relation_size(i.inhrelid))::text FROM pg_inherits i WHERE i.inhparent = to_regclass('bench_trigrams')`;
