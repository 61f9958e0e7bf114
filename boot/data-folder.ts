import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { env } from '@/lib/platform/env/env';
import { lockFolder } from '@/lib/platform/process/folder-lock';
import { processSingleton } from '@/lib/platform/process/singleton';
import { StartupError } from '@/lib/platform/process/startup-error';

export const dataFolder = () => resolve(env().PARLEY_DATA_DIR);

/**
 * Creates the data folder if it is missing, and locks it for this process.
 * @returns a function that releases it
 * @throws StartupError
 */
export function holdDataFolder(): Promise<() => void> {
  return processSingleton('data-folder', () => {
    const folder = ensureDataFolder();
    return lockFolder(folder);
  });
}

/**
 * Makes sure that the data folder exists and can be written.
 * @throws StartupError
 */
export function ensureDataFolder(): string {
  const folder = dataFolder();
  try {
    makeFolder(folder);
    const probe = join(folder, `.write-${process.pid}`);
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
    return folder;
  } catch (error) {
    throw unwritable(folder, error as NodeJS.ErrnoException);
  }
}

/** The secret that signs sessions: AUTH_SECRET, or one that is generated once and readable only by Parley's user. */
export function workspaceSecret(): string {
  if (env().AUTH_SECRET) return env().AUTH_SECRET;
  const file = join(dataFolder(), 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flush: true });
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32)
    throw new StartupError(`${file} is damaged. Restore it from a backup, or remove it: everybody then signs in anew.`);
  return secret;
}

// Node's own recursive mkdir never returns where folders cannot be created at all, as under /proc.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function unwritable(folder: string, { code }: NodeJS.ErrnoException): StartupError {
  const reasons: Record<string, string> = {
    EROFS: 'its disk is read-only',
    ENOSPC: 'its disk is full',
    EACCES: 'this user may not',
    EPERM: 'this user may not',
    ENOENT: 'there can be none',
    ENOTDIR: 'there is a file in its way',
    EEXIST: 'there is a file in its way',
  };
  return new StartupError(
    `the data folder ${folder} cannot be written: ${reasons[code ?? ''] ?? code}. Mend that, or set PARLEY_DATA_DIR to another folder.`,
  );
}
