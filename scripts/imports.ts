import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What each source file imports of the others; paths are from the project's folder. */
export type Imports = Map<string, string[]>;

export function importsOf(files: string[], read = (file: string) => readFileSync(file, 'utf8')): Imports {
  const known = new Set(files);
  const sources = files.filter((file) => /\.(tsx?|mjs)$/.test(file));
  return new Map(sources.map((file) => [file, namedIn(read(file)).flatMap((name) => resolve(name, file, known) ?? [])]));
}

/** Every file that imports this one, by way of others too. */
export function dependents(file: string, imports: Imports): string[] {
  const found = new Set([file]);
  for (const one of found) for (const [importer, named] of imports) if (named.includes(one)) found.add(importer);
  found.delete(file);
  return [...found];
}

/** What stands behind `from`, `import` and `import(`. */
const namedIn = (text: string) =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([@.][^'"]*)['"]/g)].map(([, name = '']) => name);

function resolve(name: string, importer: string, known: Set<string>): string | null {
  const path = name.startsWith('@/') ? name.slice(2) : name.startsWith('.') ? join(dirname(importer), name) : null;
  if (path === null) return null;
  return ['', '.ts', '.tsx', '.mjs', '/index.ts'].map((ending) => path + ending).find((file) => known.has(file)) ?? null;
}
