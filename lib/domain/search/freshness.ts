import { readable } from '@/lib/domain/readable';
import { indexedSince } from '@/lib/domain/search/progress';
import type { SearchAnswer } from '@/lib/domain/search/schema';
import { run } from '@/lib/platform/db/sql';

/** How up to date the index is for this person. It counts as behind when a change has waited for more than two seconds. */
export async function freshness(userId: string): Promise<Pick<SearchAnswer, 'indexedUntil' | 'indexedSince'>> {
  const [row] = await run<{ until: Date | null; since: Date | null }>('search.freshness', freshnessText, [userId]);
  return { indexedUntil: row?.until?.toISOString() ?? null, indexedSince: row?.since?.toISOString() ?? null };
}

const freshnessText = `
  SELECT (SELECT min(coalesce(w.since, c."lastMessageAt")) FROM ${readable}
      LEFT JOIN "SearchProgress" s ON s."conversationId" = c.id LEFT JOIN "SearchPending" w ON w."conversationId" = c.id
      WHERE p."userId" = $1 AND c."lastRev" > coalesce(s.rev, 0)
        AND coalesce(w.since, c."lastMessageAt") < now() - interval '2 seconds') AS until,
    ${indexedSince} AS since`;
