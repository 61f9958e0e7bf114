import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The imports of each source file. Paths are relative to the project's folder. */
export type Imports = Map<string, string[]>;

/** @param values leaves out imports of types alone, which do not exist at run time */
export function importsOf(
  files: string[],
  read = (file: string) => readFileSync(file, 'utf8'),
  { values = false } = {},
): Imports {
  const known = new Set(files);
  const sources = files.filter((file) => /\.(tsx?|mjs)$/.test(file));
  const textOf = values ? (file: string) => withoutTypes(read(file)) : read;
  return new Map(sources.map((file) => [file, namedIn(textOf(file)).flatMap((name) => resolve(name, file, known) ?? [])]));
}

/** All files that import this file, directly or transitively. */
export function dependents(file: string, imports: Imports): string[] {
  const found = new Set([file]);
  for (const one of found) for (const [importer, named] of imports) if (named.includes(one)) found.add(importer);
  found.delete(file);
  return [...found];
}

/** The groups of nodes that reach each other, each sorted. Leaves out single nodes. */
export function cyclesIn(graph: Imports): string[][] {
  const reached = new Map([...graph.keys()].map((node) => [node, reachableFrom(node, graph)]));
  const groups = [...graph.keys()].map((node) =>
    [...(reached.get(node) ?? [])].filter((other) => other === node || reached.get(other)?.has(node)).sort(),
  );
  const cycles = groups.filter((group) => group.length > 1);
  return [...new Map(cycles.map((group) => [group.join(' '), group])).values()].sort();
}

function reachableFrom(node: string, graph: Imports): Set<string> {
  const reached = new Set<string>();
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(graph.get(next) ?? []));
  }
  return reached;
}

/** The module names after `from`, `import` and `import(`. */
const namedIn = (text: string) =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([@.][^'"]*)['"]/g)].map(([, name = '']) => name);

/** Without `import type …` and `import { type A, type B } …`. */
const withoutTypes = (text: string) =>
  text
    .replace(/^(?:import|export) type [^;]*;/gm, '')
    .replace(/^(?:import|export) \{([^}]*)\} from [^;]*;/gm, (statement, names: string) =>
      names.split(',').every((name) => /^\s*(type .*)?$/s.test(name)) ? '' : statement,
    );

function resolve(name: string, importer: string, known: Set<string>): string | null {
  const path = name.startsWith('@/') ? name.slice(2) : name.startsWith('.') ? join(dirname(importer), name) : null;
  if (path === null) return null;
  return ['', '.ts', '.tsx', '.mjs', '/index.ts'].map((ending) => path + ending).find((file) => known.has(file)) ?? null;
}
