import { type SpawnSyncReturns, type StdioOptions, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs Debian's apt-get under a file lock, because concurrent runs of apt-get fail instead of waiting for each other. */
export function aptGet(args: string[], stdio: StdioOptions): SpawnSyncReturns<string> {
  return spawnSync('flock', [join(tmpdir(), 'parley-apt-get.lock'), 'apt-get', ...args], { stdio, encoding: 'utf8' });
}
