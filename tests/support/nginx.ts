import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@/lib/platform/process/alive';
import { freePort } from '@/lib/platform/process/port';
import { needProgram } from '@/tests/support/programs';

/** A reverse proxy in front of nodes. */
export interface ReverseProxy {
  origin: string;
  /** its error log */
  log: () => string;
  stop: () => Promise<void>;
}

/** The path of Debian's package, which is not in every PATH. */
const places = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'];

/** Requests with this cookie go to that node, and to others only while it is away. */
export const nodeCookie = 'test_node';

/** Starts nginx with deploy/nginx.conf in front of these local ports. Only addresses and folders are replaced. */
export async function startNginx(nodes: number[], port?: number): Promise<ReverseProxy> {
  const program = needProgram({ places, flag: '-v', debianPackage: 'nginx-light' });
  const listens = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'parley-nginx-'));
  // nginx's workers run as another user when started by root, and store large requests here.
  chmodSync(folder, 0o755);
  const file = join(folder, 'nginx.conf');
  const text = placed(readFileSync('deploy/nginx.conf', 'utf8'), nodes, listens, folder);
  writeFileSync(file, nodes.length > 1 ? pinned(text, nodes) : text);
  const child = spawn(program, ['-p', folder, '-c', file, '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  const origin = `http://127.0.0.1:${listens}`;
  const up = await waitUntil(() => child.exitCode !== null || answers(origin), 10_000);
  if (!up || child.exitCode !== null) {
    await endProxy(child, folder);
    throw new Error(`nginx does not start: ${complaint}`);
  }
  return { origin, log: () => complaint, stop: () => endProxy(child, folder) };
}

/** The configuration with the addresses of this machine: nodes, nginx and folders. */
function placed(text: string, nodes: number[], port: number, folder: string): string {
  return text
    .replace(/( +server parley\d+:3000 [^\n]+\n)+/g, (lines) => {
      const options = / max_fails[^;]+;/.exec(lines)?.[0] ?? ';';
      return nodes.map((node) => `        server 127.0.0.1:${node}${options}\n`).join('');
    })
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replaceAll('/tmp/nginx', folder);
}

/** Adds routing by the cookie, so that a test knows which node a client uses. Without the cookie, the configuration decides. */
function pinned(text: string, nodes: number[]): string {
  const names = nodes.map((_, index) => `node${index}`);
  const lines = nodes.map((node, index) => {
    const others = nodes.filter((other) => other !== node).map((other) => ` server 127.0.0.1:${other} backup max_fails=0;`);
    // Evaluated for each request, so that no earlier result determines whether a node is back.
    return `    upstream ${names[index]} { server 127.0.0.1:${node} max_fails=0;${others.join('')} }\n`;
  });
  const map = (target: string, otherwise: string) =>
    `    map $cookie_${nodeCookie} ${target} { default ${otherwise}; ${names.map((name, index) => `${index} ${name};`).join(' ')} }\n`;
  return text
    .replaceAll('proxy_pass http://parley;', 'proxy_pass http://$test_nodes;')
    .replaceAll('proxy_pass http://$socket_nodes;', 'proxy_pass http://$test_socket_nodes;')
    .replace(/^ {4}server \{$/m, (server) =>
      [...lines, map('$test_nodes', 'parley'), map('$test_socket_nodes', '$socket_nodes'), server].join(''),
    );
}

export const answers = (origin: string) =>
  fetch(`${origin}/api/metrics`).then(
    () => true,
    () => false,
  );

export async function endProxy(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}
