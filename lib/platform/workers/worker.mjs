import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

// The entry of a worker process (lib/platform/workers/worker-pool.ts). The module in the first argument runs one task after another.
// Plain JavaScript, because compiling TypeScript would take longer than most tasks.

const [, , program = '', maxBytes = '', maxCpuMs = ''] = process.argv;

// Ignore Ctrl-C, because the server may still wait for an answer. The worker ends when the server's channel closes. SIGKILL, because an
// ordinary exit would wait for native code.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const end = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', end);
if (!process.connected) end();

process.umask(0o077);
lowerPriority();

const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
/** Read by the watchdog: the CPU time at which the task began. */
const began = new Float64Array(shared).fill(-1);
const workerData = { shared, maxBytes: Number(maxBytes), maxCpuMs: Number(maxCpuMs) };
new Worker(new URL('./watchdog.mjs', import.meta.url), { workerData, execArgv: [] }).on('error', end);

process.on('message', async (task) => {
  const { user, system } = process.cpuUsage();
  began[0] = (user + system) / 1_000;
  const answer = await ready.then((work) => work(task)).then(succeeded, failed);
  began[0] = -1;
  process.send?.(answer);
});

const ready = import(pathToFileURL(resolve(program)).href).then(({ work }) => work);
process.send?.(await ready.then(() => ({ ready: true }), failed));

function succeeded(result) {
  return { result };
}

function failed(error) {
  return { failure: String(error?.message ?? error) };
}

/** Gives the server priority: lowers this process's CPU priority, and makes it the first victim when memory runs out. */
function lowerPriority() {
  try {
    setPriority(5);
  } catch {
    // Some systems do not allow this.
  }
  writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});
}
