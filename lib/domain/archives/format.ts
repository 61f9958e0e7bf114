import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable, Transform } from 'node:stream';
import { pipeline as flow } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

// The file of a month: gzip (RFC 1952) of NDJSON. The first line is the head, the last one has the number of rows. Between them
// is one row per line as PostgreSQL writes it. Numbers and times are never parsed here, so they cannot change.

/** The tables of an archive, in the order in which they can be restored. */
export const archivedTables = ['Message', 'Attachment', 'Reaction', 'Mention', 'Pin'] as const;

export type ArchivedTable = (typeof archivedTables)[number];
export type Counts = Record<ArchivedTable, number>;

export interface Head {
  parley: 'archive';
  version: 1;
  /** UTC, as 2026-01 */
  month: string;
  /** the newest migration of the database that wrote it */
  migration: string;
  /** the columns of its rows; an older file lacks the tables that came later */
  columns: Record<ArchivedTable, string[]>;
}

/** Rows of one table, each the text of a JSON object. */
export interface Rows {
  table: ArchivedTable;
  rows: string[];
}

export interface Written {
  /** of the file's bytes, hex */
  sha256: string;
  /** bytes */
  size: number;
  counts: Counts;
}

/** The file differs from what was written. */
export class ArchiveDamaged extends Error {
  override readonly name = 'ArchiveDamaged';
}

export const noRows = (): Counts => ({ Message: 0, Attachment: 0, Reaction: 0, Mention: 0, Pin: 0 });

export const sameCounts = (one: Counts, other: Counts) => archivedTables.every((table) => one[table] === other[table]);

/** Writes a complete, durable archive, and holds only a few rows in memory. */
export async function writeArchive(path: string, head: Head, rows: AsyncIterable<Rows>): Promise<Written> {
  const counts = noRows();
  const hash = createHash('sha256');
  let size = 0;
  const measure = hashing(hash, (bytes) => {
    size += bytes;
  });
  await flow(Readable.from(linesOf(head, rows, counts)), createGzip(), measure, createWriteStream(path, { mode: 0o600 }));
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
  return { sha256: hash.digest('hex'), size, counts };
}

async function* linesOf(head: Head, rows: AsyncIterable<Rows>, counts: Counts) {
  yield `${JSON.stringify(head)}\n`;
  for await (const { table, rows: some } of rows) {
    counts[table] += some.length;
    yield some.map((row) => `${opening(table)}${row}}\n`).join('');
  }
  yield `${JSON.stringify({ counts })}\n`;
}

const opening = (table: ArchivedTable) => `{"table":"${table}","row":`;

/**
 * Reads an archive: its head, then its rows, a line each. Only after the last row is it certain that the file is complete and
 * unchanged.
 * @throws ArchiveDamaged at the latest at the end
 */
export async function* readArchive(
  file: Readable,
  expected: Written,
): AsyncGenerator<Head | { table: ArchivedTable; row: string }> {
  const hash = createHash('sha256');
  const counts = noRows();
  let trailer: string | undefined;
  let head: Head | undefined;
  for await (const line of linesIn(file, hash)) {
    if (trailer !== undefined) throw new ArchiveDamaged('goes on after its end');
    if (!head) {
      head = headIn(line);
      yield head;
      continue;
    }
    const table = archivedTables.find((candidate) => line.startsWith(opening(candidate)));
    if (table) {
      counts[table] += 1;
      yield { table, row: line.slice(opening(table).length, -1) };
    } else trailer = line;
  }
  if (hash.digest('hex') !== expected.sha256) throw new ArchiveDamaged('is not the file that was written');
  if (trailer !== trailerOf(counts, head) || !sameCounts(counts, expected.counts)) throw new ArchiveDamaged('lacks rows');
}

/** Tables that came later are not in the file: neither in its head nor in its last line. */
function trailerOf(counts: Counts, head: Head | undefined): string {
  const named = archivedTables.filter((table) => head?.columns[table]);
  return JSON.stringify({ counts: Object.fromEntries(named.map((table) => [table, counts[table]])) });
}

function headIn(line: string): Head {
  const head = JSON.parse(line) as Head;
  if (head.parley !== 'archive' || head.version !== 1) throw new ArchiveDamaged('is of another version of Parley');
  return head;
}

/** The clean-up of all nodes must not wait for ever for a store that stops in the middle of a file. */
const readTimeoutMs = 5 * 60_000;

// Not readline: it also splits at other characters, which occur in people's messages.
async function* linesIn(file: Readable, hash: Hash): AsyncGenerator<string> {
  const silence = setTimeout(() => file.destroy(new Error('The file store went silent.')), readTimeoutMs);
  // An error in any stage destroys the last stream with its reason, so the loop below throws it.
  const text = pipeline(
    file,
    hashing(hash, () => silence.refresh()),
    createGunzip(),
    () => {},
  );
  text.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) throw new ArchiveDamaged('cannot be unpacked');
    throw error;
  } finally {
    clearTimeout(silence);
  }
  if (rest) throw new ArchiveDamaged('ends in the middle of a line');
}

/** A stream that passes bytes on, hashes and counts them. */
function hashing(hash: Hash, count: (bytes: number) => void = () => {}): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, passed) {
      hash.update(chunk);
      count(chunk.length);
      passed(null, chunk);
    },
  });
}
