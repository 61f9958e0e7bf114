/**
 * Arrays as PostgreSQL reads them from text (its manual, 8.15.2: Array Value Input). pg makes them of any value, element by element
 * with two regular expressions each, which is 1.4 KB of garbage a message.
 */

/** @param ids well-formed */
export function uuidArray(ids: (string | null)[]): string {
  return `{${ids.map((id) => id ?? 'NULL').join(',')}}`;
}

export function textArray(texts: (string | null)[]): string {
  return `{${texts.map(element).join(',')}}`;
}

const element = (text: string | null) => (text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`);
