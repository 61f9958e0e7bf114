import type { AlignType, Table, TableRow } from 'mdast';
import type { Effort } from '@/lib/platform/text/effort';
import { phrasing } from '@/lib/platform/text/phrasing';

export interface TableFound {
  node: Table;
  end: number;
}

/**
 * The table whose header is the line at `start`. A row is a line with a `|`; what has no column of its own stays in the
 * last one, and what is missing is not filled in: no row is longer than it was typed.
 */
export function tableAt(lines: string[], start: number, effort: Effort): TableFound | undefined {
  const align = alignOf(lines[start + 1]);
  const header = align && cellsOf(lines[start] ?? '', Number.POSITIVE_INFINITY);
  if (!header || header.length !== align.length || header.every((cell) => cell === '')) return undefined;
  const rows = [header];
  let end = start + 2;
  while (lines[end]?.includes('|')) {
    rows.push(cellsOf(lines[end] ?? '', align.length));
    end += 1;
  }
  return { node: { type: 'table', align, children: rows.map((cells) => rowOf(cells, effort)) }, end };
}

function rowOf(cells: string[], effort: Effort): TableRow {
  effort.grow(1 + cells.length);
  return { type: 'tableRow', children: cells.map((cell) => ({ type: 'tableCell', children: phrasing(cell, effort) })) };
}

/** What the line beneath a header says of its columns; a table has a `|` even there. */
function alignOf(line: string | undefined): AlignType[] | undefined {
  if (!line?.includes('|') || !/^[\s|:-]+$/.test(line)) return undefined;
  const cells = cellsOf(line, Number.POSITIVE_INFINITY);
  if (!cells.every((cell) => /^:?-+:?$/.test(cell))) return undefined;
  return cells.map((cell) =>
    cell.startsWith(':') ? (cell.endsWith(':') ? 'center' : 'left') : cell.endsWith(':') ? 'right' : null,
  );
}

/** The cells of a line, `\|` being no edge of one; what is more than there may be stays in the last. */
function cellsOf(line: string, most: number): string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/);
  const kept = cells.length > most ? [...cells.slice(0, most - 1), cells.slice(most - 1).join('|')] : cells;
  return kept.map((cell) => cell.trim().replaceAll('\\|', '|'));
}
