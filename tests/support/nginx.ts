import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@/lib/process/alive';
import { freePort } from '@/tests/support/server';

export interface Nginx {
  origin: string;
  stop: () => Promise<void>;
}

/** Where Debian's package puts it, which is not on everybody's path. */
const places = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'];

/** Starts nginx with deploy/nginx.conf in front of these ports of this machine; only addresses and folders are other ones. */
export async function startNginx(nodes: number[], port?: number): Promise<Nginx> {
  const program = findProgram();
  const listens = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'parley-nginx-'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, placed(readFileSync('deploy/nginx.conf', 'utf8'), nodes, listens, folder));
  const child = spawn(program, ['-p', folder, '-c', file, '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  const origin = `http://127.0.0.1:${listens}`;
  const up = await waitUntil(() => child.exitCode !== null || answers(origin), 10_000);
  if (!up || child.exitCode !== null) {
    await end(child, folder);
    throw new Error(`nginx does not start: ${complaint}`);
  }
  return { origin, stop: () => end(child, folder) };
}

function findProgram(): string {
  const find = () => places.find((place) => spawnSync(place, ['-v']).status === 0);
  const found = find();
  if (found) return found;
  // What runs the suite as root on Debian may install what is missing; elsewhere that is for a person to do.
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'nginx-light'], { stdio: 'ignore' });
  const installed = find();
  if (!installed) throw new Error('nginx is not installed, and could not be: apt-get install nginx-light');
  return installed;
}

/** The file with the nodes', nginx's and the folders' addresses of this machine. */
function placed(text: string, nodes: number[], port: number, folder: string): string {
  return text
    .replace(/( +server parley\d+:3000 [^\n]+\n)+/g, (lines) => {
      const options = / max_fails[^;]+;/.exec(lines)?.[0] ?? ';';
      return nodes.map((node) => `        server 127.0.0.1:${node}${options}\n`).join('');
    })
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replaceAll('/tmp/nginx', folder);
}

const answers = (origin: string) =>
  fetch(`${origin}/api/metrics`).then(
    () => true,
    () => false,
  );

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}
