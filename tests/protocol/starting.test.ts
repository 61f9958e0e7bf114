import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// The command that people type, run through npm and its shell.

/** Ctrl-C signals the whole process group, and npm, which is in it, forwards its own signal. Some supervisors do the same with SIGTERM. */
test.each([
  ['SIGTERM', 'npm', [0, null]],
  ['SIGTERM', 'all', [0, null]],
  ['SIGINT', 'all', [0, null]],
  // npm is killed without warning, and Parley, whose output stays open, has to end in order.
  ['SIGHUP', 'all', [null, 'SIGHUP']],
] as const)('npm start prints one block, and %s to %s stops Parley and its database cleanly', async (signal, whom, npmEnds) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-start-'));
  const env = { ...process.env, PARLEY_DATA_DIR: folder, PORT: '0' };
  const npm = spawn('npm', ['start', '--silent'], { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  let output = '';
  const up = new Promise<void>((resolve) => {
    npm.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes('Sign-in')) resolve();
    });
  });
  const ended = once(npm, 'close');
  await Promise.race([up, ended]);

  expect(output).toMatch(
    /^\nParley is up\. Ctrl-C stops it\.\n {2}Address {5}http:\/\/localhost:\d+\n {2}Data {8}\/.+\n {2}Database {4}embedded PostgreSQL 18\.\d+ \(127\.0\.0\.1:\d+\)\n {2}Files {7}.+\n {2}Sign-in {5}password\n\n$/,
  );
  expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(true);

  process.kill(whom === 'all' ? -(npm.pid as number) : (npm.pid as number), signal);
  expect(await ended).toEqual(npmEnds);
  expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false);
  await rm(folder, { recursive: true, force: true });
});
