import type { SearchEntry } from '@/client/search/entry';
import type { SearchAnswer } from '@/lib/domain/search/schema';
import type { Sender } from '@/lib/domain/users/schema';
import { fold } from '@/lib/platform/text/fold';
import { plainText } from '@/lib/platform/text/plain';
import type { SearchQuery } from '@/lib/platform/text/search/query';
import { type Place, placesOf, type SnippetPart, snippetOf } from '@/lib/platform/text/search/snippet';

/** A message that was found. */
export interface Hit {
  id: string;
  conversationId: string;
  /** of a conversation that is in no list of this page */
  conversationName: string | null;
  sender: Sender;
  createdAt: string;
  snippet: SnippetPart[];
}

/** Hits of one conversation that stand together. */
export interface Group {
  conversationId: string;
  conversationName: string | null;
  /** the number of its first hit in the whole list */
  first: number;
  hits: Hit[];
}

/**
 * The local hits, and below them page after page of the server's, each grouped by conversation. A hit is shown where it was shown
 * first, so that nothing moves when an answer comes.
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

/** @param query what was searched for, to light it up in the text as it is read; other forms of a word are known to the server alone */
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

/** The part of the text with a hit, else the name of a file with one, else the beginning. */
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

/** The part with a hit of a text without its markup; null where only the whole text has it. */
function plainSnippet(content: string, query: SearchQuery): SnippetPart[] | null {
  const plain = plainText(content);
  const places = placesOf(plain, query);
  return places.length > 0 ? snippetOf(plain, places) : null;
}

/** Where a text has a word in the middle of another one. */
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
