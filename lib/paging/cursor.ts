import { invalid } from '@/lib/errors/error';

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
