import { invalid } from '@/lib/platform/errors/error';
import { idSchema } from '@/lib/platform/validation/schema';

/** Encodes the sort key of a page's last row as an opaque cursor. */
export function encodeCursor(key: (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Decodes a cursor of `encodeCursor`.
 * @param parts a test for each part of the key
 * @throws VALIDATION_FAILED when the cursor is malformed or a part fails its test
 */
export function decodeCursor(cursor: string, ...parts: ((value: unknown) => boolean)[]): (string | number)[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalid({ cursor: 'Not a cursor of this list.' });
  }
  const values = Array.isArray(key) ? key : [];
  if (values.length !== parts.length || !parts.every((test, index) => test(values[index])))
    throw invalid({ cursor: 'Not a cursor of this list.' });
  return values;
}

/**
 * Decodes the cursor of a list that is sorted by time, then by id.
 * @returns nulls without a cursor, for the first page
 * @throws VALIDATION_FAILED when the cursor is malformed
 */
export function decodeTimeCursor(cursor: string | undefined): [Date | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [at, id] = decodeCursor(cursor, isTime, isId);
  return [new Date(Number(at)), String(id)];
}

/** Milliseconds up to the year 9999. Cursors can be forged, and PostgreSQL rejects some times that JavaScript accepts. */
const isTime = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 253_402_300_799_999;

export const isId = (value: unknown): boolean => idSchema.safeParse(value).success;
