import { type SpawnSyncReturns, type StdioOptions, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs Debian's apt-get, which does not wait for itself: of several that ask at once, each waits for its turn. */
export function aptGet(args: string[], stdio: StdioOptions): SpawnSyncReturns<string> {
  return spawnSync('flock', [join(tmpdir(), 'parley-apt-get.lock'), 'apt-get', ...args], { stdio, encoding: 'utf8' });
}
