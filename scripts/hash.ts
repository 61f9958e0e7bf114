import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Hashes files and folders by name and content, except dotfiles and generated code. */
export function hashOf(paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

/** Whether the record of a build has this hash, so that its sources are unchanged. */
export function isCurrent(record: string, hash: string): boolean {
  return existsSync(record) && readFileSync(record, 'utf8') === hash;
}

export function recordHash(record: string, hash: string): void {
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, hash);
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!name.startsWith('.') && name !== 'generated') addTo(hash, join(path, name));
  }
}
