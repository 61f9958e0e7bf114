/**
 * A template tag that isolates inserted names, times and titles (UAX #9, 2.4.2), so that text of the other direction does not reorder its
 * surroundings. For plain text, where no element can isolate: labels, titles, placeholders.
 */
export function phrase(words: TemplateStringsArray, ...inserted: (string | number | null | undefined)[]): string {
  return words.reduce((text, word, index) => text + isolated(`${inserted[index - 1] ?? ''}`) + word);
}

/** A list of isolated names: 'Ada, Ben'. */
export const listed = (names: string[]): string => names.map(isolated).join(', ');

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/** Isolates a text. Purely left-to-right text stays without marks, which would otherwise be copied and searched. */
export function isolated(text: string): string {
  return changesDirection.test(text) ? firstStrongIsolate + balanced(text) + popIsolate : text;
}

/** Right-to-left letters, and characters that change the direction. */
const changesDirection =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Removes overrides and balances isolates, so that the text can neither end nor outlast its own isolate. */
function balanced(text: string): string {
  let open = 0;
  const kept = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => {
    if (mark < '\u2066') return '';
    if (mark !== popIsolate) open += 1;
    else if (open === 0) return '';
    else open -= 1;
    return mark;
  });
  return kept + popIsolate.repeat(open);
}
