import type { Sender } from '@/lib/domain/users/schema';
import { fold, wordsOf } from '@/lib/platform/text/fold';
import { mentionStartsAt } from '@/lib/platform/text/mentions';

/** A word after an `@` or a `:` that is being typed. */
export interface Trigger {
  kind: 'mention' | 'emoji';
  /** as typed */
  query: string;
  /** the index of the `@` or `:` */
  start: number;
}

export interface Completion {
  key: string;
  /** the text that replaces what was typed */
  insert: string;
  label: string;
  hint: string;
  /** it begins with what was typed, so Enter may take it without a choice */
  begins: boolean;
  person?: Sender;
  emoji?: string;
}

const most = 8;
const begun = /([@:])([\p{L}\p{N}\p{M}._+-]{0,32})$/u;
const beforeColon = /(?:^|[\s([{*_>"'])$/;

export function findTrigger(text: string, caret: number): Trigger | null {
  const written = text.slice(0, caret);
  const found = begun.exec(written);
  if (!found) return null;
  const { 1: sign, 2: query = '', index: start } = found;
  if (sign === '@') return mentionStartsAt(text, start) ? { kind: 'mention', query, start } : null;
  // A colon is punctuation until two letters follow it.
  return query.length >= 2 && beforeColon.test(written.slice(0, start)) ? { kind: 'emoji', query, start } : null;
}

/** The people whose handle, or a word of whose name, begins with the query, ignoring case and accents. */
export function completePeople(people: Sender[], query: string): Completion[] {
  const wanted = fold(query);
  const fits = ({ name, handle }: Sender) =>
    handle.startsWith(wanted) || fold(name).startsWith(wanted) || wordsOf(name).some((word) => word.startsWith(wanted));
  return people
    .filter(fits)
    .slice(0, most)
    .map((person) => ({
      key: person.id,
      insert: `@${person.handle} `,
      label: person.name,
      hint: `@${person.handle}`,
      // A bare @ matches everybody, so Enter must not take the first.
      begins: wanted !== '',
      person,
    }));
}

/** @param shortcodes `[[emoji, ...codes]]` */
export function completeEmoji(shortcodes: string[][], query: string): Completion[] {
  const wanted = fold(query);
  const rank = (code: string) => (code === wanted ? 0 : code.startsWith(wanted) ? 1 : code.includes(wanted) ? 2 : 3);
  return shortcodes
    .map(([emoji = '', ...codes]) => {
      const [best = ''] = codes.toSorted((a, b) => rank(a) - rank(b) || a.length - b.length);
      return { emoji, code: best, rank: rank(best) };
    })
    .filter(({ rank: found }) => found < 3)
    .sort((a, b) => a.rank - b.rank || a.code.length - b.code.length)
    .slice(0, most)
    .map(({ emoji, code }) => ({
      key: emoji,
      insert: `${emoji} `,
      label: `:${code}:`,
      hint: '',
      begins: code.startsWith(query) && (code === query || !isSmiley(query)),
      emoji,
    }));
}

/** `:DD`, `:pp`, `:xD`: emoticons made of letters. Comparison rejects capitals, because no shortcode has any. */
const isSmiley = (query: string): boolean => /^(.)\1+$/u.test(query);
