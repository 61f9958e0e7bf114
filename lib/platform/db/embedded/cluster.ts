import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Binaries, copyBinaries } from '@/lib/platform/db/embedded/binaries';
import { canReach, findOwner, type Owner, passingThrough } from '@/lib/platform/db/embedded/owner';
import { type Runner, spawnAs } from '@/lib/platform/db/embedded/process';
import { StartupError } from '@/lib/platform/process/startup-error';

export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');

/** Finds out how to run programs on the cluster, as another user when Parley is root. */
export function findRunner(dataDir: string, binaries: Binaries): { runner: Runner; binaries: Binaries; owner: Owner | null } {
  const cluster = clusterFolder(dataDir);
  const owner = findOwner(cluster);
  if (!owner) return { runner: { prefix: [], ids: {} }, binaries, owner };
  // Others may pass through to the cluster, but not list what is beside it.
  chmodSync(dataDir, 0o711);
  const reached = canReach(owner, cluster);
  if (reached && canReach(owner, binaries.postgres)) return { runner: { prefix: [], ids: owner }, binaries, owner };
  const prefix = passingThrough(owner);
  if (prefix) return { runner: { prefix, ids: {} }, binaries, owner };
  if (!reached) throw unreachable(dataDir);
  return { runner: { prefix: [], ids: owner }, binaries: copyBinaries(binaries, dataDir), owner };
}

/** Makes the cluster at the first start, whole or not at all. Refuses one of another major version. */
export async function ensureCluster(dataDir: string, binaries: Binaries, runner: Runner, owner: Owner | null): Promise<void> {
  const cluster = clusterFolder(dataDir);
  const version = join(cluster, 'PG_VERSION');
  if (existsSync(version)) return refuseOtherMajor(readFileSync(version, 'utf8').trim(), binaries, dataDir);
  if (existsSync(cluster))
    throw new StartupError(`${cluster} is there, but holds no database. Restore it from a backup, or remove it to begin anew.`);
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (owner) chownSync(draft, owner.uid, owner.gid);
  await initialise(draft, password(dataDir), binaries, runner, owner);
  renameSync(draft, cluster);
}

/** The generated password of the database, which only Parley's user can read. */
export function password(dataDir: string): string {
  const file = join(dataDir, 'postgres.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function initialise(
  folder: string,
  secret: string,
  binaries: Binaries,
  runner: Runner,
  owner: Owner | null,
): Promise<void> {
  const secretFile = `${folder}.password`;
  writeFileSync(secretFile, secret, { mode: 0o600 });
  if (owner) chownSync(secretFile, owner.uid, owner.gid);
  // The builtin locale sorts and folds the same on every machine, whatever its C library.
  const flags = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-ctype=C.UTF-8', '--lc-collate=C'];
  const access = ['-A', 'scram-sha-256', '-U', 'parley', `--pwfile=${secretFile}`];
  try {
    const child = spawnAs(runner, binaries.initdb, ['-D', folder, ...flags, ...access], 'pipe');
    let said = '';
    child.stdout?.resume();
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const code = await new Promise((resolve) => {
      child.on('error', (error) => resolve(error.message)).on('close', resolve);
    });
    if (code !== 0) throw new StartupError(`the embedded database could not be made: ${lastLine(said) || code}. ${elsewhere}`);
  } finally {
    rmSync(secretFile, { force: true });
  }
}

const elsewhere = 'Mend that, or set DATABASE_URL to a PostgreSQL of your own.';

const lastLine = (output: string) =>
  output
    .trim()
    .split('\n')
    .findLast((line) => /error|fatal|could not|cannot/i.test(line))
    ?.replace(/^initdb: /, '') ?? output.trim().split('\n').at(-1);

function refuseOtherMajor(found: string, binaries: Binaries, dataDir: string): void {
  if (found === String(binaries.major)) return;
  throw new StartupError(
    `the database in ${clusterFolder(dataDir)} was written by PostgreSQL ${found}, and this Parley brings ${binaries.major}. ` +
      'docs/operations.md ("A new major version of PostgreSQL") says how to carry the data over.',
  );
}

function unreachable(dataDir: string): StartupError {
  return new StartupError(
    `PostgreSQL does not run as root, and the user it runs as cannot enter ${dataDir}. ` +
      'Set PARLEY_DATA_DIR to a folder outside of private homes, such as /var/lib/parley, or start Parley as an ordinary user.',
  );
}
