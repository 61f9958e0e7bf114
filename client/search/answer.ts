import type { Message } from '@/lib/domain/messages/schema';
import type { SnippetPart } from '@/lib/platform/text/search/snippet';

/** What `GET /api/search` answers. */
export interface SearchAnswer {
  results: SearchResult[];
  nextCursor: string | null;
  /** exact, or "at least" */
  count: { value: number; exact: boolean };
  /** nothing was found, and this, which differs by a letter, was searched for instead */
  correctedTo?: string | null;
  /** what was written or changed after that is not all in the index yet */
  indexedUntil?: string | null;
  /** what was written before that is not in the index yet, after an upgrade */
  indexedSince?: string | null;
}

interface SearchResult {
  message: Message;
  conversation: { id: string; kind: string; name: string | null; image: string | null };
  snippet: SnippetPart[];
}
