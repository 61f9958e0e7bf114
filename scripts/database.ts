import { dataFolder, ensureDataFolder, holdDataFolder } from '@/boot/data-folder';
import { runningUrl } from '@/lib/platform/db/embedded/embedded';
import { env } from '@/lib/platform/env/env';
import { holderOf } from '@/lib/platform/process/folder-lock';
import { StartupError } from '@/lib/platform/process/startup-error';

export interface Reached {
  url: string;
  stop: () => Promise<void>;
}

/** Parley's database for a program beside it: the external one, that of a running Parley, or the embedded one for as long as needed. */
export async function reachDatabase(): Promise<Reached> {
  if (env().DATABASE_URL) return { url: env().DATABASE_URL, stop: async () => {} };
  if ((await holderOf(ensureDataFolder())) === null) return startOwn();
  const url = runningUrl(dataFolder());
  if (!url) throw new StartupError('Parley is just starting on this data folder. Try again when it is up.');
  return { url, stop: async () => {} };
}

/** Parley is not running: its database runs for as long as the program does. */
async function startOwn(): Promise<Reached> {
  const release = await holdDataFolder();
  const { openDatabase } = await import('@/boot/database');
  const database = await openDatabase(dataFolder());
  const stop = async () => {
    await database.stop();
    release();
  };
  return { url: env().DATABASE_URL, stop };
}
