import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// What runs in a process of its own (lib/process/helpers.ts): the module named first answers one task after another. Plain
// JavaScript, because it is started again and again, and a compiler would take longer than what it is started for.

const [, , program = '', maxBytes = ''] = process.argv;

// Ctrl-C is for the server, which may still want an answer. We go when it has gone, however it went, and without waiting for
// native code, as an ordinary exit does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const end = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', end);
if (!process.connected) end();

process.umask(0o077);
stepBack();

process.on('message', async (task) => {
  const watch = setInterval(() => process.memoryUsage.rss() > Number(maxBytes) && end(), 50);
  const answer = await ready.then((work) => work(task)).then(succeeded, failed);
  clearInterval(watch);
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

/** The chat goes first, in processor time; and if memory runs out, this is the process to end. */
function stepBack() {
  try {
    setPriority(10);
  } catch {
    // Not everywhere may a process do so.
  }
  writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});
}
