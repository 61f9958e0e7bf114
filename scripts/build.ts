import { existsSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { exitOnStartupError, StartupError } from '@/lib/platform/process/startup-error';
import { generate } from '@/scripts/generate';
import { hashOf, isCurrent, recordHash } from '@/scripts/hash';
import { withProgress } from '@/scripts/progress';
import { runNode } from '@/scripts/run';

const record = '.next/parley-source';
const sources = [
  'app',
  'client',
  'components',
  'lib',
  'locales',
  'public',
  'prisma/schema.prisma',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/** Builds the pages unless a build of the current sources exists. */
export async function build(): Promise<void> {
  await generate();
  const hash = hashOf(sources);
  if (existsSync('.next/BUILD_ID') && isCurrent(record, hash)) return;
  rmSync(record, { force: true });
  await withProgress('Building the pages', '(about a minute, once per version)', buildPages);
  recordHash(record, hash);
}

async function buildPages(): Promise<void> {
  const variables = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const { code, output } = await runNode(['node_modules/next/dist/bin/next', 'build'], variables);
  if (code !== 0) throw new StartupError(`the pages could not be built.\n${output.trim()}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build().catch(exitOnStartupError);
