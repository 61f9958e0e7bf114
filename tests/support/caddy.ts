import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@/lib/platform/process/alive';
import { answers, endProxy, type ReverseProxy } from '@/tests/support/nginx';
import { needProgram } from '@/tests/support/programs';

/** Starts Caddy in front of this node as docs/operations.md describes, but without certificates and on a local port. */
export async function startCaddy(node: number, port: number): Promise<ReverseProxy> {
  const program = needProgram({ places: ['caddy', '/usr/bin/caddy'], flag: 'version', debianPackage: 'caddy' });
  const folder = mkdtempSync(join(tmpdir(), 'parley-caddy-'));
  const file = join(folder, 'Caddyfile');
  const site = `http://:${port} {\n\tbind 127.0.0.1\n\treverse_proxy 127.0.0.1:${node}\n}\n`;
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
  const child = spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  const origin = `http://127.0.0.1:${port}`;
  const stop = () => endProxy(child, folder);
  const up = await waitUntil(() => child.exitCode !== null || answers(origin), 10_000);
  if (up && child.exitCode === null) return { origin, log: () => complaint, stop };
  await stop();
  throw new Error(`Caddy does not start: ${complaint}`);
}
