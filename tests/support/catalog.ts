import type pg from 'pg';

/** The structure of a database, one line per part, so that differences are readable. */
export interface Catalog {
  columns: string[];
  enums: string[];
  constraints: string[];
  indexes: string[];
}

export interface Column {
  table: string;
  column: string;
  /** as PostgreSQL prints it, such as "timestamp(3) with time zone" */
  type: string;
  required: boolean;
  standard: string | null;
}

export interface ForeignKey {
  table: string;
  column: string;
  target: string;
  targetColumn: string;
}

/** The tables of the model with their columns, indexes and constraints. Partitions are left out, because they come and go. */
export async function catalogOf(client: pg.ClientBase): Promise<Catalog> {
  const columns = await columnsOf(client);
  return {
    columns: columns.map(({ table, column, type, required, standard }) =>
      [`${table}.${column}`, type, required ? 'NOT NULL' : 'NULL', standard && `DEFAULT ${standard}`].filter(Boolean).join(' '),
    ),
    enums: await lines(client, enumsText),
    constraints: await lines(client, constraintsText),
    indexes: await lines(client, indexesText),
  };
}

export async function columnsOf(client: pg.ClientBase): Promise<Column[]> {
  return (await client.query<Column>(columnsText)).rows;
}

/** Foreign keys. Each has one column, as all of Parley's do. */
export async function foreignKeysOf(client: pg.ClientBase): Promise<ForeignKey[]> {
  return (await client.query<ForeignKey>(foreignKeysText)).rows;
}

async function lines(client: pg.ClientBase, text: string): Promise<string[]> {
  return (await client.query<{ line: string }>(text)).rows.map(({ line }) => line);
}

const tables = `SELECT c.oid, c.relname FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`;

const columnsText = `
  SELECT t.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
    pg_get_expr(d.adbin, d.adrelid) AS standard
  FROM (${tables}) t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum ORDER BY 1, 2`;

const enumsText = `
  SELECT format('%s: %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)) AS line
  FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY t.typname ORDER BY t.typname`;

// Not-null constraints are listed with the columns; inherited ones belong to partitions.
const constraintsText = `
  SELECT format('%s.%s %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) AS line
  FROM (${tables}) t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype <> 'n' AND c.conparentid = 0 ORDER BY 1`;

// PostgreSQL prints ON ONLY for the index of a partitioned table.
const indexesText = `
  SELECT replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS line
  FROM (${tables}) t JOIN pg_index i ON i.indrelid = t.oid AND i.indisvalid ORDER BY 1`;

const foreignKeysText = `
  SELECT t.relname AS table, a.attname AS column, f.relname AS target, b.attname AS "targetColumn"
  FROM (${tables}) t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f' AND c.conparentid = 0
  JOIN pg_class f ON f.oid = c.confrelid
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] ORDER BY 1, 2`;
