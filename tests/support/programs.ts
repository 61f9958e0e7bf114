import { spawnSync } from 'node:child_process';
import { aptGet } from '@/scripts/apt';

interface Wanted {
  /** possible paths; the first one that works is used */
  places: string[];
  /** the argument to test it with: `--version` */
  flag: string;
  /** Debian's package */
  debianPackage: string;
}

/**
 * A program that tests need. Installs it from Debian if it is missing and that is permitted. Throws an error with the reason if it is
 * missing and cannot be installed.
 */
export function needProgram({ places, flag, debianPackage }: Wanted): string {
  const find = () => places.find((place) => spawnSync(place, [flag]).status === 0);
  const found = find();
  if (found) return found;
  const complaint = install(debianPackage);
  const installed = find();
  if (installed) return installed;
  throw new Error(
    `These tests need ${places[0]}, which is not installed, and it could not be installed either (${complaint}). ` +
      `Install it yourself: apt-get install ${debianPackage}, or put one in the PATH.`,
  );
}

/** @returns the reason for a failure. Only root on Debian may install; elsewhere a person has to. */
function install(debianPackage: string): string {
  if (process.getuid?.() !== 0) return 'only root may';
  aptGet(['update'], 'ignore');
  const { error, stderr } = aptGet(
    ['install', '--yes', '--no-install-recommends', debianPackage],
    ['ignore', 'ignore', 'pipe'],
  );
  return error ? 'there is no apt-get' : (stderr.trim().split('\n').at(-1) ?? '');
}
