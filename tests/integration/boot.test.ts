import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { runningUrl } from '@/lib/platform/db/embedded/embedded';
import { runningPostmaster } from '@/lib/platform/db/embedded/process';
import { isAlive, waitUntil } from '@/lib/platform/process/alive';
import {
  bootProgram,
  cleanUp,
  end,
  freshFolder,
  namesIn,
  postmasterOf,
  query,
  refused,
  startParley,
} from '@/tests/support/boot';

const patience = 90_000;

afterEach(cleanUp);

describe('the embedded database', { timeout: patience * 3 }, () => {
  test('has every acked message after a kill -9 of Parley in mid-write', async () => {
    const folder = freshFolder();
    const first = await startParley(folder);
    const acked: string[] = [];
    const writing = (async () => {
      for (let index = 0; index < 10_000; index += 1) acked.push(await first.store(`row-${index}`));
    })().catch(() => {});
    await waitUntil(() => acked.length > 50, patience);
    await end(first.child, 'SIGKILL');
    await writing;
    const orphan = runningPostmaster(join(folder, 'postgres'))?.pid ?? 0;
    expect(isAlive(orphan)).toBe(true);

    await startParley(folder);
    expect(isAlive(orphan)).toBe(false);
    const stored = await namesIn(folder);
    expect(acked.length).toBeGreaterThan(50);
    expect(acked.filter((name) => !stored.has(name))).toEqual([]);
  });

  test('leaves nothing in the data folder readable by other users', async () => {
    const folder = freshFolder();
    const { child } = await startParley(folder);
    await end(child, 'SIGTERM');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(names).toEqual(expect.arrayContaining(['secret', 'postgres.port', join('postgres', 'PG_VERSION')]));
    const open = names.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
  });

  test('recovers from its own kill -9, with every acked message', async () => {
    const folder = freshFolder();
    const parley = await startParley(folder);
    await parley.store('before');
    const killed = postmasterOf(folder);
    process.kill(killed, 'SIGKILL');
    const answers: string[] = [];
    await waitUntil(async () => {
      // Connections of the dead server may still answer for a moment.
      if ([undefined, killed].includes(runningPostmaster(join(folder, 'postgres'))?.pid)) return false;
      answers.push(await parley.ask(`after-${answers.length}`));
      // A backend may outlive its postmaster for a moment and still answer.
      const revived = runningPostmaster(join(folder, 'postgres'));
      return revived !== null && revived.pid !== killed && (answers.at(-1)?.startsWith('stored') ?? false);
    }, patience);
    expect(answers.at(-1)).toMatch(/^stored/);
    expect([...(await namesIn(folder))]).toContain('before');
  });

  test('starts despite a stale lock file whose process number belongs to another program now', async () => {
    const folder = freshFolder();
    const first = await startParley(folder);
    await first.store('kept');
    await end(first.child, 'SIGTERM');
    writeFileSync(
      join(folder, 'postgres/postmaster.pid'),
      `${process.pid}\n${folder}/postgres\n1\n1\n\n127.0.0.1\n1 1\nready\n`,
    );
    await startParley(folder);
    expect([...(await namesIn(folder))]).toContain('kept');
  });

  test('stops with Parley at SIGTERM, and Parley exits with 0', async () => {
    const folder = freshFolder();
    const { child } = await startParley(folder);
    const postmaster = postmasterOf(folder);
    expect(await end(child, 'SIGTERM')).toBe(0);
    expect(isAlive(postmaster)).toBe(false);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'counts two %s within a moment, from the terminal and from npm, as one',
    async (signal) => {
      const folder = freshFolder();
      const { child, store } = await startParley(folder);
      await store('kept');
      const postmaster = postmasterOf(folder);
      const ended = once(child, 'exit');
      for (let time = 0; time < 3; time += 1) child.kill(signal);
      expect(await ended).toEqual([0, null]);
      expect(isAlive(postmaster)).toBe(false);
      expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).toContain('database system is shut down');
      await startParley(folder);
      expect([...(await namesIn(folder))]).toContain('kept');
    },
  );

  test('stops at once at a second, later signal, with every acked message', async () => {
    const folder = freshFolder();
    const { child, store } = await startParley(folder);
    await store('kept');
    const backends = await query(folder, `SELECT pid FROM pg_stat_activity WHERE application_name = 'parley'`);
    // PostgreSQL waits for its clients, and so does the shutdown.
    for (const { pid } of backends) process.kill(Number(pid), 'SIGSTOP');
    const ended = once(child, 'exit');
    const begun = performance.now();
    child.kill('SIGINT');
    await waitUntil(() => performance.now() - begun > 1_200, patience);
    child.kill('SIGINT');
    expect(await ended).toEqual([1, null]);
    for (const { pid } of backends) process.kill(Number(pid), 'SIGCONT');
    await startParley(folder);
    expect([...(await namesIn(folder))]).toContain('kept');
  });

  test('logs no errors for connections that Parley closed itself', async () => {
    const folder = freshFolder();
    const { child } = await startParley(folder);
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    // Until then the first upkeep is running.
    await waitUntil(async () => (await query(folder, 'SELECT FROM "Lease" WHERE "doneAt" IS NOT NULL')).length > 0, patience);
    const backends = await query(folder, `SELECT pid FROM pg_stat_activity WHERE application_name = 'parley'`);
    expect(backends.length).toBeGreaterThan(0);
    // Simulates a busy machine, on which the connections' ends are read only after PostgreSQL was told to stop.
    for (const { pid } of backends) process.kill(Number(pid), 'SIGSTOP');
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await waitUntil(
      () => readFileSync(join(folder, 'postgres.log'), 'utf8').includes('aborting any active transactions'),
      patience,
    );
    for (const { pid } of backends) process.kill(Number(pid), 'SIGCONT');
    expect(await ended).toEqual([0, null]);
    expect(said).not.toContain('broke');
  });

  test('keeps its password and Parley’s secret readable only by Parley’s user, and listens on loopback only', async () => {
    const folder = freshFolder();
    const parley = await startParley(folder);
    await parley.store('somebody');
    for (const name of ['postgres.password', 'secret']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    const addresses = await query(folder, 'SHOW listen_addresses');
    expect(addresses).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const url = new URL(runningUrl(folder) ?? '');
    url.password = 'wrong';
    await expect(new pg.Client({ connectionString: url.href }).connect()).rejects.toThrow(/password authentication failed/);
  });

  test('is refused when another major version wrote it', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'postgres'), { mode: 0o700 });
    writeFileSync(join(folder, 'postgres/PG_VERSION'), '17\n');
    const { code, complaint } = await refused({ PARLEY_DATA_DIR: folder }, bootProgram);
    expect(code).toBe(1);
    expect(complaint).toMatch(/^Parley cannot start: .*written by PostgreSQL 17.*operations\.md.*\n$/);
  });
});

test('an unreachable replica stops neither the start nor any request', async () => {
  const DATABASE_REPLICA_URL = 'postgresql://me:hunter2@127.0.0.1:1/parley';
  const parley = await startParley(freshFolder(), { DATABASE_URL: process.env.DATABASE_URL ?? '', DATABASE_REPLICA_URL });
  await parley.store('somebody');
  expect(await end(parley.child, 'SIGTERM')).toBe(0);
});

describe('a failing start', { timeout: patience }, () => {
  const start = 'scripts/start.ts';

  test('is refused for a second Parley on one data folder, and the first goes on', async () => {
    const folder = freshFolder();
    const first = await startParley(folder);
    const { code, complaint } = await refused({ PARLEY_DATA_DIR: folder, PORT: '0' }, start);
    expect(code).toBe(1);
    expect(complaint).toMatch(
      new RegExp(
        `^Parley cannot start: Parley already runs on the data in .* \\(process ${first.child.pid}\\)\\. .*PARLEY_DATA_DIR.*\\n$`,
      ),
    );
    expect(await first.ask('still-there')).toBe('stored still-there');
  });

  test('names a bad variable', async () => {
    const { code, complaint } = await refused({ PORT: 'abc', PARLEY_DATA_DIR: freshFolder() }, start);
    expect(code).toBe(1);
    expect(complaint).toMatch(/^Parley cannot start: PORT is "abc", but must be .*\n$/);
  });

  test('names a taken port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, complaint } = await refused({ PORT: String(port), PARLEY_DATA_DIR: freshFolder() }, start);
    server.close();
    expect(code).toBe(1);
    expect(complaint).toMatch(new RegExp(`^Parley cannot start: port ${port} is taken.*PORT=.*\\n$`));
  });

  test('names a database that does not answer', async () => {
    const variables = { PORT: '0', PARLEY_DATA_DIR: freshFolder(), DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/parley' };
    const { code, complaint } = await refused(variables, start);
    expect(code).toBe(1);
    expect(complaint).toMatch(/^Parley cannot start: the database of DATABASE_URL .*127\.0\.0\.1:1.*\n$/);
    expect(complaint).not.toContain('hunter2');
  });

  test('names a data folder that cannot be written', async () => {
    const file = join(freshFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [join(file, 'data'), '/proc/parley']) {
      const { code, complaint } = await refused({ PORT: '0', PARLEY_DATA_DIR: folder }, start);
      expect(code).toBe(1);
      expect(complaint).toMatch(/^Parley cannot start: the data folder .* cannot be written: .*PARLEY_DATA_DIR.*\n$/);
    }
  });
});
