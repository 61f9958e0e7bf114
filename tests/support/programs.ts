import { spawnSync } from 'node:child_process';
import { aptGet } from '@/scripts/apt';

interface Wanted {
  /** where it may be; the first that answers is taken */
  places: string[];
  /** what it answers to: `--version` */
  flag: string;
  /** Debian's */
  debianPackage: string;
}

/**
 * A program that tests need, installed from Debian when it is missing and this may do so. Throws in words when there is none and
 * none can be had.
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

/** @returns why it did not work; what runs the suite as root on Debian may install, elsewhere that is for a person to do */
function install(debianPackage: string): string {
  if (process.getuid?.() !== 0) return 'only root may';
  aptGet(['update'], 'ignore');
  const { error, stderr } = aptGet(
    ['install', '--yes', '--no-install-recommends', debianPackage],
    ['ignore', 'ignore', 'pipe'],
  );
  return error ? 'there is no apt-get' : (stderr.trim().split('\n').at(-1) ?? '');
}
