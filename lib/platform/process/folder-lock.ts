import { createHash, randomBytes } from 'node:crypto';
import { linkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { StartupError } from '@/lib/platform/process/startup-error';

/**
 * Holds a folder for this process: a second one on it is refused. The lock is a listening socket under a file name, so the
 * kernel drops it with the process however that dies, and a reused process id cannot be mistaken for the holder.
 * @returns lets the folder go
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const [path, fallback] = socketPaths(folder);
  try {
    return await lockAt(path, folder);
  } catch (error) {
    // Some shared folders of virtual machines hold no sockets.
    if (error instanceof StartupError) throw error;
    return lockAt(fallback, folder);
  }
}

/** The id of the process that holds the folder, or null. */
export async function holderOf(folder: string): Promise<string | null> {
  const [path, fallback] = socketPaths(folder);
  return (await ask(path)) ?? ask(fallback);
}

async function lockAt(path: string, folder: string): Promise<() => void> {
  const own = `${path}.${randomBytes(3).toString('hex')}`;
  const server = await listen(own);
  try {
    await claim(own, path, folder);
  } catch (error) {
    server.close();
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return () => {
    rmSync(path, { force: true });
    server.close();
  };
}

// A link either takes the name or fails, so of two that start at once one gets it.
async function claim(own: string, path: string, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (link(own, path)) return;
    const holder = await ask(path);
    if (holder !== null) throw refusal(folder, holder);
    await removeDead(path, `${own}.old`);
  }
  throw refusal(folder, 'that is starting, too');
}

// Between asking and removing, another start may have put its own live lock there: look at what was moved before dropping it.
async function removeDead(path: string, aside: string): Promise<void> {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if ((await ask(aside)) !== null) link(aside, path);
  rmSync(aside, { force: true });
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => {}).end(String(process.pid)));
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** @returns what the holder answers, or null when nobody does */
function ask(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path);
    // One that holds the lock but is too busy to answer holds it all the same.
    socket.setTimeout(2_000, () => socket.destroy(new Error('busy')));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? null : answer);
    });
    socket.on('close', () => resolve(answer));
  });
}

// The name of a socket holds about 100 bytes, and less is left of them in a deep folder.
function socketPaths(folder: string): [string, string] {
  const real = realpathSync(folder);
  const outside = join(tmpdir(), `parley-${createHash('sha256').update(real).digest('hex').slice(0, 16)}.lock`);
  const inside = join(real, 'lock');
  const shortest = [inside, relative(process.cwd(), inside)].sort((a, b) => a.length - b.length)[0] ?? inside;
  return [shortest.length < 80 ? shortest : outside, outside];
}

function refusal(folder: string, holder: string): StartupError {
  const who = /^\d+$/.test(holder) ? `process ${holder}` : 'another process';
  return new StartupError(
    `Parley already runs on the data in ${folder} (${who}). Stop that one first, or set PARLEY_DATA_DIR to another folder.`,
  );
}
