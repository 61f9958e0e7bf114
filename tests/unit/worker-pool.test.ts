import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { isAlive } from '@/lib/platform/process/alive';
import { WorkerLost, WorkerPool } from '@/lib/platform/workers/worker-pool';

interface Task {
  say?: string;
  fail?: string;
  spin?: boolean;
  linger?: boolean;
  take?: boolean;
  hoard?: boolean;
  work?: boolean;
}

interface Said {
  said: string;
  pid: number;
  variables: string[];
}

const program = 'tests/support/busy.program.mjs';
const usual = { concurrency: 2, maxCpuMs: 60_000, maxMs: 30_000, maxBytes: 2 ** 30, idleMs: 60_000 };
const helpers = (settings: Partial<typeof usual> = {}, path = program) =>
  new WorkerPool<Task, Said>(path, { ...usual, ...settings });

describe('a helper process', () => {
  test('answers, and is kept for the next call', async () => {
    const own = helpers();
    const first = await own.run('ada', { say: 'one' });
    const second = await own.run('grace', { say: 'two' });
    expect([first.said, second.said]).toEqual(['one', 'two']);
    expect(second.pid).toBe(first.pid);
    expect(first.pid).not.toBe(process.pid);
  });

  test('inherits no secret', async () => {
    process.env.AUTH_SECRET = 'a secret of 32 characters or more, for tests alone';
    const { variables } = await helpers().run('ada', {});
    expect(variables).toContain('PATH');
    expect(variables.filter((name) => /SECRET|DATABASE|S3_|REDIS|KEY|TOKEN/.test(name))).toEqual([]);
  });

  test('that fails says why, and does the next task', async () => {
    const own = helpers();
    const { pid } = await own.run('ada', {});
    await expect(own.run('ada', { fail: 'Not like this.' })).rejects.toThrow('Not like this.');
    expect((await own.run('ada', {})).pid).toBe(pid);
  });

  test('that never ends is killed, and the next task gets a fresh one', async () => {
    const own = helpers({ maxMs: 3_000 });
    const { pid } = await own.run('ada', {});
    await expect(own.run('ada', { spin: true })).rejects.toThrow(WorkerLost);
    expect(isAlive(pid)).toBe(false);
    expect((await own.run('ada', { say: 'again' })).said).toBe('again');
  });

  test('that takes too much memory ends', async () => {
    const own = helpers({ maxBytes: 256 * 1024 * 1024 });
    await expect(own.run('ada', { take: true })).rejects.toThrow(WorkerLost);
    expect((await own.run('ada', { say: 'again' })).said).toBe('again');
  });

  test('that takes too much processor time ends, long before the clock says so', async () => {
    const own = helpers({ maxCpuMs: 300 });
    await expect(own.run('ada', { work: true })).rejects.toThrow(WorkerLost);
    expect((await own.run('ada', { say: 'again' })).said).toBe('again');
  });

  test('that never returns to its event loop is ended by the same limits', async () => {
    const slow = helpers({ maxCpuMs: 300 });
    await expect(slow.run('ada', { spin: true })).rejects.toThrow(WorkerLost);
    const large = helpers({ maxBytes: 256 * 1024 * 1024 });
    await expect(large.run('ada', { hoard: true })).rejects.toThrow(WorkerLost);
  });

  test('that never ends does not delay other people', async () => {
    const own = helpers({ maxMs: 20_000 });
    const endless = Array.from({ length: 5 }, () => own.run('mallory', { spin: true }).catch((error: Error) => error));
    for (const say of ['one', 'two', 'three']) expect((await own.run('ada', { say })).said).toBe(say);
    await expect(Promise.race([...endless, 'still spinning'])).resolves.toBe('still spinning');
  });

  test('ends when it is idle', async () => {
    const own = helpers({ idleMs: 100 });
    const { pid } = await own.run('ada', {});
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect((await own.run('ada', { say: 'again' })).said).toBe('again');
  });

  test('that was killed from outside while it was idle is replaced', async () => {
    const own = helpers();
    const { pid } = await own.run('ada', {});
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect((await own.run('ada', { say: 'again' })).said).toBe('again');
  });

  test('does not end at Ctrl-C, which is for the server', async () => {
    const own = helpers();
    const { pid } = await own.run('ada', {});
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(pid, signal);
    expect((await own.run('ada', {})).pid).toBe(pid);
  });

  test('that cannot be started makes it unavailable', async () => {
    await expect(helpers({}, 'tests/support/nothing.mjs').run('ada', {})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('whoever has a helper process', () => {
  const parent = (...more: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'tests/support/parent.program.ts', ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  test('that ends as soon as it has nothing else to do, does so, and takes it along', async () => {
    const process = parent();
    const [said] = await once(process.stdout, 'data');
    expect((await once(process, 'exit'))[0]).toBe(0);
    await expect.poll(() => isAlive(Number(said))).toBe(false);
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('that is ended by %s takes it along, whatever it is doing', async (signal) => {
    const process = parent('busy');
    const [said] = await once(process.stdout, 'data');
    expect(isAlive(Number(said))).toBe(true);
    process.kill(signal);
    await expect.poll(() => isAlive(Number(said))).toBe(false);
  });
});
