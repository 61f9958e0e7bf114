import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import pg from 'pg';
import { expect } from 'vitest';
import { runningUrl } from '@/lib/platform/db/embedded/embedded';

const started: ChildProcess[] = [];
const folders: string[] = [];

/** Parley without its pages and sockets. */
export const bootProgram = 'tests/support/boot.program.ts';

export interface Running {
  child: ChildProcess;
  /** @returns the line that Parley prints about it */
  ask: (name: string) => Promise<string>;
  /** @returns the name, once it is acknowledged */
  store: (name: string) => Promise<string>;
}

export async function startParley(folder: string, variables: Record<string, string> = {}): Promise<Running> {
  const child = spawnNode({ PARLEY_DATA_DIR: folder, ...variables }, bootProgram);
  started.push(child);
  const lines = createInterface(child.stdout as NodeJS.ReadableStream);
  expect(await nextLine(lines)).toBe('up');
  const ask = (name: string) => {
    child.stdin?.write(`${name}\n`);
    return nextLine(lines);
  };
  const store = async (name: string) => {
    expect(await ask(name)).toBe(`stored ${name}`);
    return name;
  };
  return { child, ask, store };
}

/** The next line that is not a line of the log. */
function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('Parley said no more.'));
    const heard = (line: string) => {
      if (line.startsWith('{')) return;
      lines.removeListener('line', heard).removeListener('close', closed);
      resolve(line);
    };
    lines.on('line', heard).once('close', closed);
  });
}

function spawnNode(variables: Record<string, string>, script: string): ChildProcess {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production' as const, ...variables };
  return spawn(process.execPath, ['--import', 'tsx', script], { env, stdio: ['pipe', 'pipe', 'pipe'] });
}

export async function refused(variables: Record<string, string>, script: string): Promise<{ code: number; complaint: string }> {
  const child = spawnNode(variables, script);
  started.push(child);
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, complaint };
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code;
}

export const postmasterOf = (folder: string) =>
  Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

export async function namesIn(folder: string): Promise<Set<string>> {
  return new Set((await query(folder, 'SELECT name FROM "User"')).map((row) => row.name ?? ''));
}

export async function query(folder: string, text: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: runningUrl(folder) ?? '' });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-boot-'));
  folders.push(folder);
  return folder;
}

/** Ends all processes that a test started, and removes their data. */
export async function cleanUp(): Promise<void> {
  for (const child of started.splice(0)) await end(child, 'SIGTERM');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
