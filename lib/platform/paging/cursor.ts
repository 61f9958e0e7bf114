import { invalid } from '@/lib/platform/errors/error';
import { idSchema } from '@/lib/platform/validation/schema';

/** Packs the sort key of a page's last row into an opaque cursor. */
export function encodeCursor(key: (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Gives back what encodeCursor packed, if each part passes its test; else throws VALIDATION_FAILED. */
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

/** The sort key of a list that goes by time, and by id within a moment. Throws VALIDATION_FAILED. @returns nulls for its beginning */
export function decodePlace(cursor: string | undefined): [Date | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [at, id] = decodeCursor(cursor, isTime, isId);
  return [new Date(Number(at)), String(id)];
}

/** Milliseconds, up to the year 9999: a cursor can be made up, and PostgreSQL's calendar is not JavaScript's. */
const isTime = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 253_402_300_799_999;

export const isId = (value: unknown): boolean => idSchema.safeParse(value).success;
