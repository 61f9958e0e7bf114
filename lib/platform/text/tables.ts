import type { AlignType, Table, TableRow } from 'mdast';
import type { Effort } from '@/lib/platform/text/effort';
import { phrasing } from '@/lib/platform/text/phrasing';

export interface TableFound {
  node: Table;
  end: number;
}

/**
 * The table whose header is the line at `start`. A row is a line with a `|`. Surplus cells are joined to the last column, and missing
 * cells are not filled in, so no row is larger than its text.
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

/** The alignment of columns by the delimiter row, which must contain a `|`. */
function alignOf(line: string | undefined): AlignType[] | undefined {
  if (!line?.includes('|') || !/^[\s|:-]+$/.test(line)) return undefined;
  const cells = cellsOf(line, Number.POSITIVE_INFINITY);
  if (!cells.every((cell) => /^:?-+:?$/.test(cell))) return undefined;
  return cells.map((cell) =>
    cell.startsWith(':') ? (cell.endsWith(':') ? 'center' : 'left') : cell.endsWith(':') ? 'right' : null,
  );
}

/** Splits a line into at most `maxCells` cells; the last one keeps the surplus. `\|` does not separate cells. */
function cellsOf(line: string, maxCells: number): string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/);
  const kept = cells.length > maxCells ? [...cells.slice(0, maxCells - 1), cells.slice(maxCells - 1).join('|')] : cells;
  return kept.map((cell) => cell.trim().replaceAll('\\|', '|'));
}
