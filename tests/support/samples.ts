import { createHash } from 'node:crypto';
import type { Column, ForeignKey } from '@/tests/support/catalog';

export type Sample = Record<string, unknown>;

export interface SampleTable {
  name: string;
  /** one row without nulls, whose foreign keys point to the one row of their target */
  row: Sample;
  /** its nullable references to other rows, set when all rows exist */
  links: Sample;
}

/**
 * One row for each table, in an order in which they can be inserted.
 * @param labels the labels of the enums, by type
 */
export function samplesFor(columns: Column[], keys: ForeignKey[], labels: Record<string, string[]>): SampleTable[] {
  const value = (table: string, name: string): unknown => {
    const key = keyOf(table, name);
    if (key) return value(key.target, key.targetColumn);
    const column = columns.find((candidate) => candidate.table === table && candidate.column === name);
    return column && sampleOf(column, labels);
  };
  const keyOf = (table: string, name: string) => keys.find((key) => key.table === table && key.column === name);
  const rowOf = (of: Column[]) => Object.fromEntries(of.map(({ table, column }) => [column, value(table, column)]));
  const names = inOrder(columns, keys);
  return names.map((name) => {
    // tsvector columns are only used in SQL, because Prisma has no such type.
    const own = columns.filter(({ table, type }) => table === name && type !== 'tsvector');
    return { name, row: rowOf(own), links: rowOf(own.filter(({ column, required }) => !required && keyOf(name, column))) };
  });
}

/** Sorts tables so that required references come first. */
function inOrder(columns: Column[], keys: ForeignKey[]): string[] {
  const order = new Set<string>();
  const tables = new Set(columns.map(({ table }) => table));
  const isRequired = (key: ForeignKey) =>
    columns.some(({ table, column, required }) => required && table === key.table && column === key.column);
  while (order.size < tables.size) {
    const next = [...tables].find(
      (table) => !order.has(table) && keys.every((key) => key.table !== table || !isRequired(key) || order.has(key.target)),
    );
    if (!next) throw new Error('The remaining tables need each other.');
    order.add(next);
  }
  return [...order];
}

function sampleOf({ table, column, type }: Column, labels: Record<string, string[]>): unknown {
  const name = `${table}.${column}`;
  const hash = createHash('sha256').update(name).digest('hex');
  const number = Number.parseInt(hash.slice(0, 4), 16);
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-7${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  const values: Record<string, unknown> = {
    uuid,
    'uuid[]': [uuid],
    'integer[]': [number, 0],
    text: name,
    integer: number,
    bigint: 2n ** 53n + BigInt(number),
    'double precision': number + 0.5,
    boolean: true,
    jsonb: { [name]: [number, null] },
    'timestamp(3) with time zone': new Date(1_700_000_000_123 + number),
  };
  const value = values[type] ?? labels[type.replaceAll('"', '')]?.at(-1);
  if (value === undefined) throw new Error(`No sample for ${name}, a ${type}.`);
  return value;
}
