import { readFileSync } from 'node:fs';

/** The events that one table of docs/protocol.md names: `client sends`, or `server sends`. */
export function documentedEvents(heading: 'client sends' | 'server sends'): string[] {
  const rows = readFileSync('docs/protocol.md', 'utf8').split(`| ${heading} |`)[1]?.split('\n\n')[0] ?? '';
  const named = rows
    .split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w.]+)`/g)].map((match) => match[1] ?? ''));
  // Two older names stand in the description of the newer ones.
  const older = [...rows.matchAll(/`((?:join|leave)Conversation)`/g)].map((match) => match[1] ?? '');
  return [...named, ...older].toSorted();
}

/** The row of docs/protocol.md about an event that the server sends. */
export function documentedEvent(name: string): string {
  const rows = readFileSync('docs/protocol.md', 'utf8').split('| server sends |')[1]?.split('\n\n')[0] ?? '';
  const found = rows.split('\n').find((row) => row.split('|')[1]?.includes(`\`${name}\``));
  if (!found) throw new Error(`docs/protocol.md has no row of ${name}.`);
  return found;
}
