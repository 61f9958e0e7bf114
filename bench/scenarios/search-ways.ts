import { searchSchema } from '@/lib/domain/search/schema';
import { search } from '@/lib/domain/search/search';
import { pool } from '@/lib/platform/db/pool';

/** A way to search: gives the newest hits. */
export interface Way {
  name: string;
  find(readerId: string, q: string, more?: object): Promise<string[]>;
}

export const parleyWay: Way = {
  name: 'Parley',
  find: async (readerId, q, more = {}) => {
    const { results, correctedTo } = await search(readerId, searchSchema.parse({ q, limit: 50, ...more }));
    return correctedTo === null ? results.map(({ message }) => message.id) : [];
  },
};

/** Mattermost's way for Chinese, and many others': every word somewhere in the text. */
export const trigramWay: Way = {
  name: 'ILIKE, pg_trgm',
  find: (readerId, q) => {
    const words = q.startsWith('"') ? [q.replaceAll('"', '')] : q.split(' ').filter((word) => !word.startsWith('-'));
    const without = q.split(' ').filter((word) => word.startsWith('-'));
    const conditions = [
      ...words.map((_, index) => `m.content ILIKE $${index + 2}`),
      ...without.map((_, index) => `m.content NOT ILIKE $${words.length + index + 2}`),
    ];
    const values = [...words, ...without.map((word) => word.slice(1))].map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    return ids(conditions.join(' AND '), [readerId, ...values]);
  },
};

export const parserWay: Way = {
  name: 'PostgreSQL parser',
  find: (readerId, q) => ids(`to_tsvector('english', m.content) @@ websearch_to_tsquery('english', $2)`, [readerId, q]),
};

async function ids(condition: string, values: unknown[]): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT m.id FROM "Message" m WHERE m."deletedAt" IS NULL AND ${condition} AND m."conversationId" = ANY (ARRAY(
       SELECT p."conversationId" FROM "Participant" p WHERE p."userId" = $1)) ORDER BY m.id DESC LIMIT 50`,
    values,
  );
  return rows.map(({ id }) => id);
}
