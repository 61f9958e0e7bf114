import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Binaries, copyBinaries } from '@/lib/platform/db/embedded/binaries';
import { canReach, findOwner, type Owner, traversePrefix } from '@/lib/platform/db/embedded/owner';
import { type Runner, spawnAs } from '@/lib/platform/db/embedded/process';
import { StartupError } from '@/lib/platform/process/startup-error';

export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');

/**
 * Finds out how to run PostgreSQL's programs on the cluster: as another OS user when Parley runs as root.
 * @throws StartupError when that user cannot reach the data folder
 */
export function findRunner(dataDir: string, binaries: Binaries): { runner: Runner; binaries: Binaries; owner: Owner | null } {
  const cluster = clusterFolder(dataDir);
  const owner = findOwner(cluster);
  if (!owner) return { runner: { prefix: [], ids: {} }, binaries, owner };
  // Other users may traverse the data folder to the cluster, but not list it.
  chmodSync(dataDir, 0o711);
  const reached = canReach(owner, cluster);
  if (reached && canReach(owner, binaries.postgres)) return { runner: { prefix: [], ids: owner }, binaries, owner };
  const prefix = traversePrefix(owner);
  if (prefix) return { runner: { prefix, ids: {} }, binaries, owner };
  if (!reached) throw unreachable(dataDir);
  return { runner: { prefix: [], ids: owner }, binaries: copyBinaries(binaries, dataDir), owner };
}

/**
 * Creates the cluster at the first start, atomically.
 * @throws StartupError when the cluster has another major version
 */
export async function ensureCluster(dataDir: string, binaries: Binaries, runner: Runner, owner: Owner | null): Promise<void> {
  const cluster = clusterFolder(dataDir);
  const version = join(cluster, 'PG_VERSION');
  if (existsSync(version)) return refuseOtherMajor(readFileSync(version, 'utf8').trim(), binaries, dataDir);
  if (existsSync(cluster))
    throw new StartupError(`${cluster} exists, but holds no database. Restore it from a backup, or remove it to start empty.`);
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (owner) chownSync(draft, owner.uid, owner.gid);
  await initialise(draft, password(dataDir), binaries, runner, owner);
  renameSync(draft, cluster);
}

/** The generated password of the database. Only Parley's OS user can read its file. */
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
  // The builtin locale sorts and folds case the same on every machine. Other locales depend on the C library.
  const flags = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-ctype=C.UTF-8', '--lc-collate=C'];
  const access = ['-A', 'scram-sha-256', '-U', 'parley', `--pwfile=${secretFile}`];
  try {
    const child = spawnAs(runner, binaries.initdb, ['-D', folder, ...flags, ...access], 'pipe');
    let stderr = '';
    child.stdout?.resume();
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => {
      child.on('error', (error) => resolve(error.message)).on('close', resolve);
    });
    if (code !== 0)
      throw new StartupError(`the embedded database could not be created: ${lastLine(stderr) || code}. ${advice}`);
  } finally {
    rmSync(secretFile, { force: true });
  }
}

const advice = 'Fix that, or set DATABASE_URL to your own PostgreSQL.';

const lastLine = (output: string) =>
  output
    .trim()
    .split('\n')
    .findLast((line) => /error|fatal|could not|cannot/i.test(line))
    ?.replace(/^initdb: /, '') ?? output.trim().split('\n').at(-1);

function refuseOtherMajor(found: string, binaries: Binaries, dataDir: string): void {
  if (found === String(binaries.major)) return;
  throw new StartupError(
    `the database in ${clusterFolder(dataDir)} was written by PostgreSQL ${found}, but this version of Parley uses ${binaries.major}. ` +
      'docs/operations.md ("A new major version of PostgreSQL") explains how to migrate the data.',
  );
}

function unreachable(dataDir: string): StartupError {
  return new StartupError(
    `PostgreSQL does not run as root, and the user it runs as cannot enter ${dataDir}. ` +
      'Set PARLEY_DATA_DIR to a folder outside of home directories, such as /var/lib/parley, or start Parley as an ordinary user.',
  );
}
