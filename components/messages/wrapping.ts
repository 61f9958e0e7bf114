/** A text with a selection. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** The text that replaces [from, to), and the selection after it. Applying a format twice removes it. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

/**
 * Puts marks around the selection, line by line, because marks work neither across a blank line nor next to a blank. The words
 * are selected afterwards, so the same format again removes the marks.
 */
export function wrap({ text, start, end }: Selected, mark: string): Edit {
  const inner = withoutOuterBlanks({ text, start, end });
  if (inner.start === inner.end) return wrapNothing({ text, start, end }, mark);
  const around = marksAround({ ...inner, text }, mark);
  if (around) return around;
  const lines = partsOf(text, inner.start, inner.end);
  const isOn = lines.every(({ words }) => words === '' || isWrapped(words, mark));
  const insert = lines.map((line) => line.head + change(line.words, mark, isOn) + line.tail).join('\n');
  const { start: from, end: to } = inner;
  const [first = nothing] = lines;
  // Of a single line the words stay selected; of several lines everything, because the marks are then found on each line.
  const shift = lines.length > 1 ? 0 : isOn ? first.head.length : first.head.length + mark.length;
  return { from, to, insert, start: from + shift, end: from + insert.length - (lines.length > 1 || isOn ? 0 : mark.length) };
}

/** The selection without the blanks at its ends. */
export function withoutOuterBlanks({ text, start, end }: Selected): { start: number; end: number } {
  const inner = text.slice(start, end);
  const from = start + inner.length - inner.trimStart().length;
  return inner.trim() === '' ? { start, end: start } : { start: from, end: from + inner.trim().length };
}

function wrapNothing({ text, start, end }: Selected, mark: string): Edit {
  const around = start === end && marksAround({ text, start, end }, mark);
  if (around) return around;
  const at = start + mark.length;
  return { from: start, to: start, insert: mark + mark, start: at, end: at };
}

/** Removes marks just outside of the selection. */
function marksAround({ text, start, end }: Selected, mark: string): Edit | null {
  const { length } = mark;
  if (text.slice(start - length, start) !== mark || text.slice(end, end + length) !== mark || start < length) return null;
  return { from: start - length, to: end + length, insert: text.slice(start, end), start: start - length, end: end - length };
}

const isWrapped = (words: string, mark: string): boolean =>
  words.length > 2 * mark.length && words.startsWith(mark) && words.endsWith(mark);

function change(words: string, mark: string, isOn: boolean): string {
  if (isOn) return words.slice(mark.length, -mark.length);
  return words === '' || isWrapped(words, mark) ? words : `${mark}${words}${mark}`;
}

interface Line {
  /** the prefix of a quote or list item; marks before it would break it */
  head: string;
  words: string;
  tail: string;
}

const nothing: Line = { head: '', words: '', tail: '' };

function partsOf(text: string, start: number, end: number): Line[] {
  const isWhole = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
  return text
    .slice(start, end)
    .split('\n')
    .map((line, index) => {
      const head = ((index > 0 || isWhole) && /^\s*(?:(?:>|[-*+]|\d+[.)])\s+)*/.exec(line)?.[0]) || '';
      const words = line.slice(head.length).trimEnd();
      return { head, words, tail: line.slice(head.length + words.length) };
    });
}
