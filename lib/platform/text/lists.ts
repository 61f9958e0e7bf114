import type { BlockContent, DefinitionContent, List, ListItem } from 'mdast';
import { indentOf, isBlankLine, unindented } from '@/lib/platform/text/lines';

/** The marker of an item, up to its text. */
interface Marker {
  indent: number;
  /** the bullet or delimiter; another kind begins a new list */
  kind: string;
  number: string | undefined;
  content: string;
  /** column of the item's text */
  offset: number;
}

export interface ListFound {
  node: List;
  end: number;
}

type Contents = (BlockContent | DefinitionContent)[];

/**
 * The list that begins at a line. Items continue on lines that are indented by at least two. Numbers are kept as typed.
 * @param inParagraph whether the list would interrupt a paragraph, where only the number 1 begins a list
 * @param read parses the content of an item
 */
export function listAt(
  lines: string[],
  start: number,
  inParagraph: boolean,
  read: (lines: string[]) => Contents,
): ListFound | undefined {
  const first = markerOf(lines[start] ?? '');
  if (!first || !/[^\s*+-]/.test(first.content)) return undefined;
  if (inParagraph && first.number !== undefined && Number(first.number) !== 1) return undefined;
  const children: ListItem[] = [];
  let spread = false;
  let end = start;
  let marker: Marker | undefined = first;
  for (let at = start; marker; at = pastBlank(lines, end)) {
    if (at > end) spread = true;
    end = itemEnd(lines, at, marker);
    children.push(itemOf(marker, lines.slice(at + 1, end), read));
    const next = markerOf(lines[pastBlank(lines, end)] ?? '');
    marker = next?.kind === first.kind ? next : undefined;
  }
  const number = first.number === undefined ? null : Number(first.number);
  return { node: { type: 'list', ordered: number !== null, start: number, spread, children }, end };
}

function markerOf(line: string): Marker | undefined {
  const found = marker.exec(line);
  if (!found) return undefined;
  const [, indentation = '', bullet, number, delimiter = '', rest = ''] = found;
  const content = rest.trimStart();
  const indent = indentation.length;
  const size = bullet ? 1 : (number?.length ?? 0) + 1;
  const blanks = Math.min(Math.max(1, indentOf(rest)), 4);
  return { indent, kind: bullet ?? delimiter, number, content, offset: indent + size + blanks };
}

/** The index after the last line of the item at `start`. Blank lines belong to the item when more of it follows. */
function itemEnd(lines: string[], start: number, { indent }: Marker): number {
  let end = start + 1;
  for (;;) {
    const next = pastBlank(lines, end);
    if (next >= lines.length || indentOf(lines[next] ?? '') < indent + 2) return end;
    end = next + 1;
  }
}

function pastBlank(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && isBlankLine(lines[at])) at += 1;
  return at;
}

function itemOf(marker: Marker, more: string[], read: (lines: string[]) => Contents): ListItem {
  const task = /^\[([ xX])\][ \t]+(?=\S)/.exec(marker.content);
  const content = task ? marker.content.slice(task[0].length) : marker.content;
  const children = read([content, ...more.map((line) => unindented(line, marker.offset))]);
  const item: ListItem = { type: 'listItem', spread: more.some(isBlankLine), checked: task ? task[1] !== ' ' : null, children };
  return marker.number === undefined ? item : { ...item, data: { marker: marker.number + marker.kind } };
}

const marker = /^( {0,3})(?:([-*+])|(\d{1,9})([.)]))([ \t].*)?$/;
