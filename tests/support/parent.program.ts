import { WorkerPool } from '@/lib/platform/workers/worker-pool';

// A process that gives a worker an endless task, and prints the worker's process id.

interface Said {
  pid: number;
}

const settings = { concurrency: 1, maxCpuMs: 60_000, maxMs: 60_000, maxBytes: 2 ** 30, idleMs: 60_000 };
const helpers = new WorkerPool<object, Said>('tests/support/busy.program.mjs', settings);
const { pid } = await helpers.run('ada', {});
process.stdout.write(`${pid}\n`);
if (process.argv[2] === 'busy') await helpers.run('ada', { linger: true });
