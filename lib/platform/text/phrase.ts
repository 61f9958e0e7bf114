/**
 * A sentence with something inserted that somebody wrote, or that follows the reader's language: a name, a time, a title. Each is
 * isolated, so that letters of the other direction do not draw their neighbours along (Unicode's UAX #9, section 2.4.2). For
 * plain text, where no element can do that: labels, titles, placeholders.
 */
export function phrase(words: TemplateStringsArray, ...inserted: (string | number | null | undefined)[]): string {
  return words.reduce((text, word, index) => text + isolated(`${inserted[index - 1] ?? ''}`) + word);
}

/** Names in a row, each for itself: 'Ada, Ben'. */
export const listed = (names: string[]): string => names.map(isolated).join(', ');

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/** What is all left to right needs no marks, which copying and searching would carry along. */
export function isolated(text: string): string {
  return turns.test(text) ? firstStrongIsolate + balanced(text) + popIsolate : text;
}

/** Letters that are written from right to left, and characters that turn the direction by themselves. */
const turns =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Without overrides, and with as many ends of isolates as beginnings: nothing in it ends, or outlasts, its own isolate. */
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
