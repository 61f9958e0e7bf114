import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// What runs in a process of its own (lib/platform/workers/worker-pool.ts): the module named first answers one task after another. Plain
// JavaScript, because it is started again and again, and a compiler would take longer than what it is started for.

const [, , program = '', maxBytes = '', maxProcessorMs = ''] = process.argv;

// Ctrl-C is for the server, which may still want an answer. We go when it has gone, however it went, and without waiting for
// native code, as an ordinary exit does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const end = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', end);
if (!process.connected) end();

process.umask(0o077);
stepBack();

process.on('message', async (task) => {
  const before = process.cpuUsage();
  const watch = setInterval(() => takesTooMuch(before) && end(), 50);
  const answer = await ready.then((work) => work(task)).then(succeeded, failed);
  clearInterval(watch);
  process.send?.(answer);
});

const ready = import(pathToFileURL(resolve(program)).href).then(({ work }) => work);
process.send?.(await ready.then(() => ({ ready: true }), failed));

/** Memory, or processor time since then: on a busy machine the clock says little about a task. */
function takesTooMuch(before) {
  const { user, system } = process.cpuUsage(before);
  return process.memoryUsage.rss() > Number(maxBytes) || (user + system) / 1_000 > Number(maxProcessorMs);
}

function succeeded(result) {
  return { result };
}

function failed(error) {
  return { failure: String(error?.message ?? error) };
}

/** The chat goes first, in processor time; and if memory runs out, this is the process to end. */
function stepBack() {
  try {
    setPriority(5);
  } catch {
    // Not everywhere may a process do so.
  }
  writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});
}
