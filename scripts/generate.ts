import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { exitOnStartupError, StartupError } from '@/lib/platform/process/startup-error';
import { hashOf, isCurrent, recordHash } from '@/scripts/hash';
import { runNode } from '@/scripts/run';

const record = 'lib/platform/db/generated/.source';

/** Generates the Prisma client when it is missing or older than the schema, and the types of the messages. */
export async function generate(): Promise<void> {
  declareMessages();
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

/** TypeScript reads a JSON file's texts as `string`; as literals they tell which values a message takes. */
function declareMessages(): void {
  const declaration = 'locales/en.d.json.ts';
  const text = `declare const messages: ${readFileSync('locales/en.json', 'utf8').trim()};\nexport default messages;\n`;
  if (!existsSync(declaration) || readFileSync(declaration, 'utf8') !== text) writeFileSync(declaration, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generate().catch(exitOnStartupError);
