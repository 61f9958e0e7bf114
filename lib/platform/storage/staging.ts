import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { uploadsDir } from '@/lib/platform/storage/storage';

/**
 * Runs work with a temporary folder for incoming files, on the same file system as disk storage. The folder is removed with its
 * content afterwards, whether the work succeeds or fails.
 */
export async function withStaging<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const parent = stagingDir();
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, 'upload-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes folders that crashed processes left behind. */
export async function clearStaging(olderThan: Date): Promise<void> {
  const parent = stagingDir();
  for (const name of await readdir(parent).catch(() => [])) {
    const found = await stat(join(parent, name)).catch(() => null);
    if (found && found.mtime < olderThan) await rm(join(parent, name), { recursive: true, force: true });
  }
}

const stagingDir = () => join(uploadsDir(), '.staging');
