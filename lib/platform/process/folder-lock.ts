import { createHash, randomBytes } from 'node:crypto';
import { linkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { StartupError } from '@/lib/platform/process/startup-error';

/**
 * Locks a folder for this process. The lock is a Unix socket that the process listens on, so the kernel releases it however the
 * process dies, and a reused pid cannot be mistaken for the holder.
 * @returns releases the lock
 * @throws StartupError when another process holds it
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const [path, fallback] = socketPaths(folder);
  try {
    return await lockAt(path, folder);
  } catch (error) {
    // Some shared folders of virtual machines cannot hold sockets.
    if (error instanceof StartupError) throw error;
    return lockAt(fallback, folder);
  }
}

/** The pid of the process that holds the lock, or null. */
export async function holderOf(folder: string): Promise<string | null> {
  const [path, fallback] = socketPaths(folder);
  return (await queryHolder(path)) ?? queryHolder(fallback);
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

// link() is atomic and fails when the name exists, so only one of two concurrent starts gets the lock.
async function claim(own: string, path: string, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (link(own, path)) return;
    const holder = await queryHolder(path);
    if (holder !== null) throw alreadyLocked(folder, holder);
    await removeDead(path, `${own}.old`);
  }
  throw alreadyLocked(folder, 'another process that is starting');
}

// Another start may have created its own lock between the check and the removal, so check the moved socket before deleting it.
async function removeDead(path: string, aside: string): Promise<void> {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if ((await queryHolder(aside)) !== null) link(aside, path);
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

/** Asks the holder for its pid. @returns null when no process listens */
function queryHolder(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path);
    // A holder that is too busy to answer still holds the lock.
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

// The path of a Unix socket is limited to about 100 bytes, so deep folders need the one in the temporary directory.
function socketPaths(folder: string): [string, string] {
  const real = realpathSync(folder);
  const inTmp = join(tmpdir(), `parley-${createHash('sha256').update(real).digest('hex').slice(0, 16)}.lock`);
  const inFolder = join(real, 'lock');
  const shortest = [inFolder, relative(process.cwd(), inFolder)].sort((a, b) => a.length - b.length)[0] ?? inFolder;
  return [shortest.length < 80 ? shortest : inTmp, inTmp];
}

function alreadyLocked(folder: string, holder: string): StartupError {
  const holderName = /^\d+$/.test(holder) ? `process ${holder}` : 'another process';
  return new StartupError(
    `Parley already runs on the data in ${folder} (${holderName}). Stop it first, or set PARLEY_DATA_DIR to another folder.`,
  );
}
