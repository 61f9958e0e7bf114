import type { SearchEntry } from '@/client/search/entry';
import type { SearchAnswer } from '@/lib/domain/search/schema';
import type { Sender } from '@/lib/domain/users/schema';
import { fold } from '@/lib/platform/text/fold';
import { plainText } from '@/lib/platform/text/plain';
import type { SearchQuery } from '@/lib/platform/text/search/query';
import { type Place, placesOf, type SnippetPart, snippetOf } from '@/lib/platform/text/search/snippet';

/** A message among the results. */
export interface Hit {
  id: string;
  conversationId: string;
  /** for a conversation that this page has not loaded */
  conversationName: string | null;
  sender: Sender;
  createdAt: string;
  snippet: SnippetPart[];
}

/** Adjacent hits of one conversation. */
export interface Group {
  conversationId: string;
  conversationName: string | null;
  /** the index of its first hit in the whole list */
  first: number;
  hits: Hit[];
}

/**
 * The local hits, then the pages of the server's hits, each grouped by conversation. A hit that is in several batches stays in the first,
 * so that nothing on the screen moves when an answer arrives.
 */
export function groupsOf(batches: Hit[][]): Group[] {
  const shown = new Set<string>();
  const groups: Group[] = [];
  let first = 0;
  for (const batch of batches) {
    const fresh = batch.filter(({ id }) => !shown.has(id));
    const begun = new Map<string, Group>();
    for (const hit of fresh) {
      const { conversationId, conversationName } = hit;
      const group = begun.get(conversationId) ?? { conversationId, conversationName, first: 0, hits: [] };
      group.hits.push(hit);
      begun.set(conversationId, group);
      shown.add(hit.id);
    }
    for (const group of begun.values()) {
      groups.push({ ...group, first });
      first += group.hits.length;
    }
  }
  return groups;
}

/** Highlights the query in the displayed text. For matches that only the server finds, such as inflections, it takes the server's snippet. */
export const hitsOfAnswer = ({ results }: SearchAnswer, query: SearchQuery): Hit[] =>
  results.map(({ message, conversation, snippet }) => ({
    id: message.id,
    conversationId: message.conversationId,
    conversationName: conversation.name,
    sender: message.sender,
    createdAt: message.createdAt,
    snippet: plainSnippet(message.content, query) ?? snippet,
  }));

export function hitOfEntry(entry: SearchEntry, query: SearchQuery): Hit {
  const { id, conversationId, sender, createdAt } = entry;
  return { id, conversationId, conversationName: null, sender, createdAt, snippet: snippetIn(entry, query) };
}

/** A snippet around the first match in the text, else in the name of a file, else the beginning. */
function snippetIn({ content, files }: SearchEntry, query: SearchQuery): SnippetPart[] {
  const plain = plainSnippet(content, query);
  if (plain) return plain;
  for (const text of [content, ...files]) {
    const found = placesOf(text, query);
    const places = found.length > 0 ? found : partsOf(text, query);
    if (places.length > 0) return snippetOf(text, places);
  }
  return snippetOf(content || files.join(', '), []);
}

/** A snippet of the text without its markup; null if only the markup matches. */
function plainSnippet(content: string, query: SearchQuery): SnippetPart[] | null {
  const plain = plainText(content);
  const places = placesOf(plain, query);
  return places.length > 0 ? snippetOf(plain, places) : null;
}

/** The ranges of a text that match within other words. */
function partsOf(text: string, { terms }: SearchQuery): Place[] {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return [];
  return terms
    .filter(({ excluded }) => !excluded)
    .flatMap(({ atoms }) => atoms.flatMap(({ pieces, wholes }) => [...wholes, ...pieces].slice(0, 1)))
    .flatMap(({ text: word }) => {
      const start = lower.indexOf(word);
      return start < 0 || fold(text.slice(start, start + word.length)) !== word ? [] : [{ start, end: start + word.length }];
    })
    .sort((a, b) => a.start - b.start);
}
