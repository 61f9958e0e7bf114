import { spawn } from 'node:child_process';
import { loadEnvFile } from '@/lib/platform/env/env';
import { exitOnStartupError } from '@/lib/platform/process/startup-error';
import { reachDatabase } from '@/scripts/database';
import { generate } from '@/scripts/generate';

// npm run studio: Prisma Studio on Parley's database, beside a running Parley or without one.

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
  exitOnStartupError(error);
}
