import { workerData } from 'node:worker_threads';

// A thread of a worker process (lib/platform/workers/worker.mjs) that ends the process when a task exceeds its limits. In a thread, because
// native code and WebAssembly block the event loop of the thread that runs them.

const { maxBytes, maxCpuMs, shared } = workerData;
/** CPU time of the process, in milliseconds, at which the task began; negative without a task */
const began = new Float64Array(shared);

setInterval(() => {
  if (began[0] >= 0 && exceedsLimits(began[0])) process.kill(process.pid, 'SIGKILL');
}, 50);

/** On a busy machine, elapsed time says little about a task. */
function exceedsLimits(before) {
  const { user, system } = process.cpuUsage();
  return process.memoryUsage.rss() > maxBytes || (user + system) / 1_000 - before > maxCpuMs;
}
