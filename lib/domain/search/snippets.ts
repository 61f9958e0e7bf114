import type { Message } from '@/lib/domain/messages/schema';
import { stemsOf, toStemInput } from '@/lib/domain/search/stems';
import { tokenizeMessage, wordsToStem } from '@/lib/domain/search/vector';
import type { SearchQuery } from '@/lib/platform/text/search/query';
import { placesOf, type SnippetPart, snippetOf, wholeOf } from '@/lib/platform/text/search/snippet';
import { foldToken } from '@/lib/platform/text/search/tokens';

export type Snippets = Map<string, SnippetPart[]>;

/**
 * For each message the part with a hit, or the name of the file that was found.
 * @param whole words that count as hits because they contain a word of the query
 */
export async function snippetsOf(messages: Message[], query: SearchQuery, whole: Map<string, string[]>): Promise<Snippets> {
  const isOther = await formsIn(messages, query);
  const isForm: IsForm = (word, of) => isOther(word, of) || (whole.get(of)?.includes(word) ?? false);
  return new Map(messages.map((message) => [message.id, snippetIn(message, query, isForm)]));
}

type IsForm = (word: string, of: string) => boolean;

function snippetIn({ content, attachments }: Message, query: SearchQuery, isForm: IsForm): SnippetPart[] {
  const places = placesOf(content, query, isForm);
  if (places.length > 0) return snippetOf(content, places);
  for (const { name } of attachments) {
    const inName = placesOf(name, query, isForm);
    if (inName.length > 0) return snippetOf(name, inName);
  }
  return snippetOf(content || attachments.map(({ name }) => name).join(', '), []);
}

/** Two words are forms of each other when they share a stem, or one is the other's stem. */
async function formsIn(messages: Message[], { terms }: SearchQuery): Promise<IsForm> {
  const sought = terms.flatMap(({ atoms }) => atoms.map((atom) => toStemInput(wholeOf(atom))));
  const texts = messages.flatMap(({ content, attachments }) => [content, ...attachments.map(({ name }) => name)]);
  const words = texts.flatMap((content) => [
    ...wordsToStem(tokenizeMessage({ content, senderId: '', files: [], fileTexts: [] })),
  ]);
  const forms = new Map<string, string[]>();
  for (const [word, stems] of await stemsOf([...sought, ...words])) forms.set(foldToken(word), [...stems, foldToken(word)]);
  return (word, of) => {
    const others = forms.get(of) ?? [];
    return (forms.get(word) ?? []).some((form) => others.includes(form));
  };
}
