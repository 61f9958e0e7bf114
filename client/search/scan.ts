import type { SearchEntry } from '@/client/search/entry';
import type { Narrowing } from '@/client/search/narrowing';
import type { Term } from '@/lib/platform/text/search/query';
import { minPrefix, wholeOf } from '@/lib/platform/text/search/snippet';
import { foldToken } from '@/lib/platform/text/search/tokens';

/** A search in the browser. A message matches if its text matches all terms and the message meets all conditions. */
export interface Question {
  terms: Term[];
  narrowing: Narrowing;
  limit: number;
}

interface Row {
  entry: SearchEntry;
  /** milliseconds since 1970 */
  time: number;
  /** the text and the names of the files, folded */
  text: string;
}

/**
 * Messages in memory, with a linear search. It takes a few milliseconds for 50,000 messages and finds parts of words. An index would take
 * a thousand times longer to build, and would not find parts of words.
 */
export class TextScan {
  readonly #rows = new Map<string, Row>();
  /** sorted by id, and so by time; null when it has to be sorted again */
  #ordered: Row[] | null = [];

  get size(): number {
    return this.#rows.size;
  }

  put(entries: SearchEntry[]): void {
    for (const entry of entries) {
      const known = this.#rows.get(entry.id);
      if (known && known.entry.rev > entry.rev) continue;
      this.#rows.set(entry.id, {
        entry,
        time: Date.parse(entry.createdAt),
        text: foldToken([entry.content, ...entry.files].join('\n')),
      });
      this.#ordered = null;
    }
  }

  remove(isGone: (entry: SearchEntry) => boolean): void {
    for (const [id, { entry }] of this.#rows) if (isGone(entry)) this.#rows.delete(id);
    this.#ordered = null;
  }

  clear(): void {
    this.#rows.clear();
    this.#ordered = [];
  }

  /** @returns at most `limit` matches, newest first */
  search({ terms, narrowing, limit }: Question): SearchEntry[] {
    if (narrowing.isUnknown) return [];
    const tests = terms.map(testOf);
    const rows = this.#inOrder();
    const found: SearchEntry[] = [];
    for (let at = rows.length - 1; at >= 0 && found.length < limit; at -= 1) {
      const row = rows[at] as Row;
      if (fits(row, narrowing) && tests.every((says) => says(row.text))) found.push(row.entry);
    }
    return found;
  }

  #inOrder(): Row[] {
    this.#ordered ??= [...this.#rows.values()].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
    return this.#ordered;
  }
}

function fits({ entry, time }: Row, narrowing: Narrowing): boolean {
  const { conversationIds, senders, from, until, has, mentionOf } = narrowing;
  return (
    (conversationIds === null || conversationIds.includes(entry.conversationId)) &&
    (senders === null || senders.includes(entry.sender.id) || senders.includes(`@${entry.sender.handle}`)) &&
    time >= from &&
    time < until &&
    has.every((kind) => entry.has.includes(kind)) &&
    (mentionOf === null || entry.mentions.includes(mentionOf))
  );
}

function testOf({ kind, atoms, excluded }: Term): (text: string) => boolean {
  const words = atoms.map((atom) => (atom.kind === 'run' ? runText(atom.pieces.map(({ text }) => text)) : wholeOf(atom)));
  const only = words[0] ?? '';
  const isPart = words.length === 1 && kind === 'word' && (atoms[0]?.kind === 'run' || only.length >= minPrefix);
  const pattern = phrasePattern(words);
  // The pattern is slow, so it is only tried on texts that contain all words.
  const says = isPart
    ? (text: string) => text.includes(only)
    : (text: string) => words.every((word) => text.includes(word)) && pattern.test(text);
  return excluded ? (text) => !says(text) : says;
}

/** Joins the overlapping pairs of a run to its text. */
function runText(pairs: string[]): string {
  return pairs.reduce((text, pair) => text + (text === '' ? pair : ([...pair].at(-1) ?? '')), '');
}

/** Matches whole words with only punctuation and blanks between them. */
function phrasePattern(words: string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped.join('[^\\p{L}\\p{N}]*')}(?![\\p{L}\\p{N}])`, 'u');
}
