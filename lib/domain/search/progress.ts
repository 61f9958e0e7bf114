import type { ProgressAnswer } from '@/lib/domain/search/schema';
import { demandOfWorkspace } from '@/lib/domain/workspace/permissions';
import { prisma } from '@/lib/platform/db/prisma';
import { run } from '@/lib/platform/db/sql';

/**
 * How far the messages of an upgrade or a restored month are indexed. Changes are not counted: they are in the index within seconds.
 * @throws FORBIDDEN unless the person is the workspace's owner or an admin
 */
export async function searchProgress(userId: string): Promise<ProgressAnswer> {
  const person = await prisma().user.findUnique({ where: { id: userId }, select: { role: true } });
  demandOfWorkspace('administer', person ?? { role: 'MEMBER' });
  const [row] = await run<{ indexed: number; since: Date | null }>('search.progress', progressText, []);
  return { indexed: row?.indexed ?? 1, indexedSince: row?.since?.toISOString() ?? null };
}

/** The time down to which messages are indexed; NULL when all are. The newest go first. */
export const indexedSince = `
  (SELECT least(to_timestamp((parley_tick(b.before) >> 12) / 1000.0), now()) FROM "SearchBackfill" b ORDER BY b.month DESC LIMIT 1)`;

// By the sizes of months, because counting millions of messages takes seconds. Within a month, messages count as evenly distributed.
const progressText = `
  WITH months AS (
    SELECT replace(substr(c.relname, 9), '_', '-') AS month, pg_relation_size(c.oid)::float AS size
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '"Message"'::regclass),
  spans AS (
    SELECT b.month, extract(epoch FROM now()) * 1000 AS now, parley_tick(b.before) >> 12 AS before, parley_tick(b.since) >> 12 AS since,
      CASE WHEN b.month <> 'default' THEN
        extract(epoch FROM (to_date(b.month, 'YYYY-MM') + interval '1 month') AT TIME ZONE 'UTC') * 1000 END AS until
    FROM "SearchBackfill" b),
  rest AS (
    SELECT s.month, CASE WHEN s.month = 'default' THEN 1
      ELSE least(greatest((least(s.before, s.now) - s.since) / greatest(least(s.until, s.now) - s.since, 1), 0), 1) END AS share FROM spans s)
  SELECT greatest(1 - coalesce(sum(m.size * r.share) / nullif((SELECT sum(size) FROM months), 0), 0), 0)::float AS indexed,
    ${indexedSince} AS since
  FROM rest r JOIN months m ON m.month = r.month`;
