import { spawn } from 'node:child_process';
import { loadEnvFile } from '@/lib/platform/env/env';
import { exitOnStartupError } from '@/lib/platform/process/startup-error';
import { reachDatabase } from '@/scripts/database';
import { generate } from '@/scripts/generate';

// npm run studio: Prisma Studio on Parley's database, whether Parley is running or not.

try {
  loadEnvFile();
  await generate();
  const { url, stop } = await reachDatabase();
  const parameters = ['node_modules/prisma/build/index.js', 'studio', ...process.argv.slice(2)];
  const studio = spawn(process.execPath, parameters, {
    stdio: 'inherit',
    env: {
      ...process.env,
      // Read by prisma.config.ts. On the command line, every user of this machine could read the password.
      DATABASE_URL: url,
      // Disables Prisma's telemetry.
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
