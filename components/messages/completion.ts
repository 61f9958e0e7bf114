import type { Sender } from '@/lib/users/schema';

/** Something that is being written after an `@` or a `:`. */
export interface Trigger {
  kind: 'mention' | 'emoji';
  query: string;
  /** where the `@` or `:` stands */
  start: number;
}

export interface Completion {
  key: string;
  /** what takes the place of what was typed */
  insert: string;
  label: string;
  hint: string;
  person?: Sender;
  emoji?: string;
}

const most = 8;
const trigger = /(?<=^|[\s([{*_>"'])([@:])([\p{L}\p{N}._+-]{0,32})$/u;

export function findTrigger(text: string, caret: number): Trigger | null {
  const found = trigger.exec(text.slice(0, caret));
  if (!found) return null;
  const query = (found[2] ?? '').toLowerCase();
  // A colon is punctuation until two letters follow.
  if (found[1] === ':' && query.length < 2) return null;
  return { kind: found[1] === '@' ? 'mention' : 'emoji', query, start: found.index };
}

/** Those whose handle, or a word of whose name, begins so. */
export function completePeople(people: Sender[], query: string): Completion[] {
  const begins = ({ name, handle }: Sender) =>
    handle.startsWith(query) ||
    name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(query));
  return people
    .filter(begins)
    .slice(0, most)
    .map((person) => ({ key: person.id, insert: `@${person.handle} `, label: person.name, hint: `@${person.handle}`, person }));
}

/** @param shortcodes `[[emoji, ...codes]]` */
export function completeEmoji(shortcodes: string[][], query: string): Completion[] {
  const rank = (code: string) => (code === query ? 0 : code.startsWith(query) ? 1 : code.includes(query) ? 2 : 3);
  return shortcodes
    .map(([emoji = '', ...codes]) => {
      const [best = ''] = codes.toSorted((a, b) => rank(a) - rank(b) || a.length - b.length);
      return { emoji, code: best, rank: rank(best) };
    })
    .filter(({ rank: found }) => found < 3)
    .sort((a, b) => a.rank - b.rank || a.code.length - b.code.length)
    .slice(0, most)
    .map(({ emoji, code }) => ({ key: emoji, insert: `${emoji} `, label: `:${code}:`, hint: '', emoji }));
}
