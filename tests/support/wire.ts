import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The names in a table of docs/protocol.md: `client sends` or `server sends`. */
export function documentedEvents(heading: 'client sends' | 'server sends'): string[] {
  const rows = readFileSync('docs/protocol.md', 'utf8').split(`| ${heading} |`)[1]?.split('\n\n')[0] ?? '';
  const named = rows
    .split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w.]+)`/g)].map((match) => match[1] ?? ''));
  // Two older names are documented in the rows of the newer ones.
  const older = [...rows.matchAll(/`((?:join|leave)Conversation)`/g)].map((match) => match[1] ?? '');
  return [...named, ...older].toSorted();
}

/** The row of docs/protocol.md for an event of the server. */
export function documentedEvent(name: string): string {
  const rows = readFileSync('docs/protocol.md', 'utf8').split('| server sends |')[1]?.split('\n\n')[0] ?? '';
  const found = rows.split('\n').find((row) => row.split('|')[1]?.includes(`\`${name}\``));
  if (!found) throw new Error(`docs/protocol.md has no row of ${name}.`);
  return found;
}

/** Every existing REST route, as `GET /api/conversations/:id`. */
export const existingRoutes = (): string[] =>
  routeFiles('app/api').flatMap((file) => methodsIn(file).map((method) => `${method} ${pathOf(file)}`));

function routeFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  // Without the catch-all routes under /api: next-auth's own, and unknown paths.
  return entries.filter((file) => file.endsWith('route.ts') && !file.includes('[...')).map((file) => join(folder, file));
}

function methodsIn(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const found = [...source.matchAll(/^export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(
    (match) => match[1],
  );
  const renamed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap((match) => [
    ...(match[1] ?? '').matchAll(/\b(GET|POST|PUT|PATCH|DELETE)\b/g),
  ]);
  return [...found, ...renamed.map((match) => match[1])].map(String);
}

const pathOf = (file: string) => `/${dirname(file).slice('app/'.length)}`.replace(/\[(\w+)\]/g, ':$1');
