import type { Direction } from '@/lib/platform/text/direction';

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/**
 * A text that keeps to itself, wherever it is inserted: letters of the other direction in it do not draw their neighbours along
 * (Unicode's UAX #9, section 2.4.2). For plain text, where no element can do that: labels, titles, placeholders. What is all left to right needs no marks between words that are so too; copying
 * and searching would carry them along.
 * @param around the direction of the words that it is inserted into
 */
export function isolated(text: string, around: Direction = 'ltr'): string {
  return around === 'rtl' || turns.test(text) ? firstStrongIsolate + balanced(text) + popIsolate : text;
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
