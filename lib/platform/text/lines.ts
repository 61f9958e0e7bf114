/** Splits a text at any kind of line ending. */
export const linesOf = (text: string) => text.split(/\r\n|\r|\n/);

export const isBlankLine = (line: string | undefined) => line === undefined || line.trim() === '';

/** The indentation of a line in columns, with tab stops every 4 columns. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/** Removes up to `columns` of indentation. A tab is removed as a whole. */
export function unindented(line: string, columns: number): string {
  let end = 0;
  for (let taken = 0; taken < columns && (line[end] === ' ' || line[end] === '\t'); end += 1) {
    taken += line[end] === ' ' ? 1 : 4 - (taken % 4);
  }
  return line.slice(end);
}
