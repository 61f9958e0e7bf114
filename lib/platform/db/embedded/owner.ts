import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '@/lib/platform/process/startup-error';

/** The OS user that PostgreSQL runs as; null stands for Parley's own. */
export interface Owner {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root hands it to another user: whoever owns the cluster already, else `parley`, which is
 * made when it is missing, else `postgres` or `nobody`. An ordinary user runs it as itself.
 */
export function findOwner(cluster: string): Owner | null {
  const owner = existsSync(cluster) ? statSync(cluster) : null;
  const self = process.getuid?.();
  if (self === undefined) return null;
  if (self !== 0) {
    if (owner && owner.uid !== self) throw foreign(cluster, owner.uid);
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
      'PostgreSQL does not run as root, and there is no other user to run it as. Start Parley as an ordinary user.',
    );
  return user;
}

function lookUp(name: string): Owner | null {
  const ask = (flag: string) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10);
  const uid = ask('-u');
  return uid > 0 ? { uid, gid: ask('-g') } : null;
}

/** Whether that user gets to the path by the plain permissions of the folders above it. */
export function canReach(owner: Owner, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * How root starts a program as another user although the files lie under a folder that only root may enter, as /root is: the
 * program keeps the one capability to pass through folders. Null where the system does not have that (util-linux's setpriv).
 */
export function passingThrough(owner: Owner): string[] | null {
  const capability = passCapability();
  if (!capability || spawnSync('setpriv', ['--version']).status !== 0) return null;
  const caps = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  const prefix = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', ...caps, '--'];
  return spawnSync('setpriv', [...prefix.slice(1), 'true']).status === 0 ? prefix : null;
}

// Containers usually hold the wider one only (capabilities(7): DAC_OVERRIDE is bit 1, DAC_READ_SEARCH bit 2).
function passCapability(): string | null {
  if (process.platform !== 'linux') return null;
  const held = BigInt(`0x${/^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`);
  if (held & 4n) return 'dac_read_search';
  return held & 2n ? 'dac_override' : null;
}

function foreign(cluster: string, uid: number): StartupError {
  return new StartupError(
    `the database in ${cluster} belongs to another user (uid ${uid}). Start Parley as that user, as root if root started it before, ` +
      `or give yourself the files: sudo chown -R "$(id -u):$(id -g)" "${dirname(cluster)}"`,
  );
}
