import { pathToFileURL } from 'node:url';
import { exitOnStartupError, StartupError } from '@/lib/platform/process/startup-error';
import { hashOf, isCurrent, recordHash } from '@/scripts/hash';
import { runNode } from '@/scripts/run';

const record = 'lib/platform/db/generated/.source';

/** Generates the Prisma client when it is missing or older than the schema. */
export async function generate(): Promise<void> {
  const hash = hashOf(['prisma/schema.prisma', 'node_modules/prisma/package.json']);
  if (isCurrent(record, hash)) return;
  // `prisma generate` does not run the schema engine, but downloads it unless this path exists. Any existing program will do.
  const engine = process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath;
  const { code, output } = await runNode(['node_modules/prisma/build/index.js', 'generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: engine,
    CHECKPOINT_DISABLE: '1',
  });
  if (code !== 0) throw new StartupError(`the database client could not be generated.\n${output.trim()}`);
  recordHash(record, hash);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generate().catch(exitOnStartupError);
