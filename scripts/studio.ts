import { spawn } from 'node:child_process';
import { dataFolder, ensureDataFolder, holdDataFolder } from '@/lib/boot/data-folder';
import { runningUrl } from '@/lib/db/embedded';
import { env, loadEnvFile } from '@/lib/env/env';
import { holderOf } from '@/lib/process/lock';
import { refuseToStart, StartRefusal } from '@/lib/process/refusal';
import { generate } from '@/scripts/generate';

// npm run studio: Prisma Studio on Parley's database, beside a running Parley or without one.

interface Reached {
  url: string;
  stop: () => Promise<void>;
}

try {
  loadEnvFile();
  await generate();
  const { url, stop } = await reachDatabase();
  const parameters = ['node_modules/prisma/build/index.js', 'studio', ...process.argv.slice(2)];
  const studio = spawn(process.execPath, parameters, {
    stdio: 'inherit',
    env: {
      ...process.env,
      // By way of prisma.config.ts: on the command line everybody on this machine could read its password.
      DATABASE_URL: url,
      // Whoever hosts their own chat did not ask to be counted by the tool's maker.
      CHECKPOINT_DISABLE: '1',
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => studio.kill(signal));
  studio.once('close', async (code) => {
    await stop();
    process.exit(code ?? 0);
  });
} catch (error) {
  refuseToStart(error);
}

async function reachDatabase(): Promise<Reached> {
  if (env().DATABASE_URL) return { url: env().DATABASE_URL, stop: async () => {} };
  if ((await holderOf(ensureDataFolder())) === null) return startOwn();
  const url = runningUrl(dataFolder());
  if (!url) throw new StartRefusal('Parley is just starting on this data folder. Try again when it is up.');
  return { url, stop: async () => {} };
}

/** Parley is not running: its database runs for as long as Studio does. */
async function startOwn(): Promise<Reached> {
  const release = await holdDataFolder();
  const { openDatabase } = await import('@/lib/boot/database');
  const database = await openDatabase(dataFolder());
  const stop = async () => {
    await database.stop();
    release();
  };
  return { url: env().DATABASE_URL, stop };
}
