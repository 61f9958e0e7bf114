import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '@/lib/platform/process/startup-error';

/** The OS user that PostgreSQL runs as. */
export interface Owner {
  uid: number;
  gid: number;
}

/**
 * Chooses the OS user for PostgreSQL, which refuses to run as root. Under root that is the owner of the cluster, else `parley`
 * (created when missing), else `postgres` or `nobody`.
 * @returns null when Parley is not root: PostgreSQL then runs as Parley's own user
 * @throws StartupError when the cluster belongs to a user that Parley cannot switch to
 */
export function findOwner(cluster: string): Owner | null {
  const owner = existsSync(cluster) ? statSync(cluster) : null;
  const self = process.getuid?.();
  if (self === undefined) return null;
  if (self !== 0) {
    if (owner && owner.uid !== self) throw ownedByOther(cluster, owner.uid);
    return null;
  }
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : systemUser();
}

function systemUser(): Owner {
  const found = lookUp('parley');
  if (found) return found;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'parley']);
  const user = lookUp('parley') ?? lookUp('postgres') ?? lookUp('nobody');
  if (!user)
    throw new StartupError(
      'PostgreSQL does not run as root, and no other user exists to run it as. Start Parley as an ordinary user.',
    );
  return user;
}

function lookUp(name: string): Owner | null {
  const id = (flag: string) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10);
  const uid = id('-u');
  return uid > 0 ? { uid, gid: id('-g') } : null;
}

/** Whether the permissions of the parent folders let this user reach the path. */
export function canReach(owner: Owner, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * A command prefix that runs a program as another user whose files lie under a folder only root may enter, such as /root. The program
 * keeps the one capability to traverse folders.
 * @returns null where setpriv (util-linux) or the capability is missing
 */
export function traversePrefix(owner: Owner): string[] | null {
  const capability = traverseCapability();
  if (!capability || spawnSync('setpriv', ['--version']).status !== 0) return null;
  const caps = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  const prefix = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', ...caps, '--'];
  return spawnSync('setpriv', [...prefix.slice(1), 'true']).status === 0 ? prefix : null;
}

// Containers usually have only the wider capability (capabilities(7): DAC_OVERRIDE is bit 1, DAC_READ_SEARCH bit 2).
function traverseCapability(): string | null {
  if (process.platform !== 'linux') return null;
  const held = BigInt(`0x${/^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`);
  if (held & 4n) return 'dac_read_search';
  return held & 2n ? 'dac_override' : null;
}

function ownedByOther(cluster: string, uid: number): StartupError {
  return new StartupError(
    `the database in ${cluster} belongs to another user (uid ${uid}). Start Parley as that user, as root if root started it before, ` +
      `or change the owner of the files: sudo chown -R "$(id -u):$(id -g)" "${dirname(cluster)}"`,
  );
}
