import { readFileSync } from 'node:fs';

type Tree = { [key: string]: string | Tree };

const accents: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', y: 'ý', c: 'ç', n: 'ñ', s: 'š', z: 'ž' };

/** The English catalogue with accents and brackets: text on the page without them is in no catalogue. Arguments are kept. */
export const pseudoCatalogue = (): Tree => mapped(JSON.parse(readFileSync('locales/en.json', 'utf8')));

const mapped = (tree: Tree): Tree =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, typeof value === 'string' ? `⟦${accented(value)}⟧` : mapped(value)]),
  );

/** Letters of the message itself, without names of arguments, plural categories and tags. */
const accented = (message: string): string =>
  message.replace(
    /<\/?\w+>|\{\s*\w+\s*,\s*plural\s*,|\{\s*\w+(?:\s*,\s*\w+)?\s*\}|\w+\s*(?=\{)|[a-z]/g,
    (piece) => accents[piece] ?? piece,
  );
