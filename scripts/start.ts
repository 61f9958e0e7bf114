import { parseArgs } from 'node:util';
import { holdDataFolder } from '@/boot/data-folder';
import { requirePort } from '@/boot/http';
import { checkExternal } from '@/lib/platform/db/external';
import { env, loadEnvFile } from '@/lib/platform/env/env';
import { exitOnStartupError, StartupError } from '@/lib/platform/process/startup-error';
import { build } from '@/scripts/build';
import { generate } from '@/scripts/generate';
import { withProgress } from '@/scripts/progress';

// npm start: builds what is missing, then runs the server in this process, so that signals reach it.

const usage = 'use "npm start", "npm start -- --demo" or "npm run dev".';

// Until the server installs its own handlers, so that a running build ends with this process.
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const exit = () => process.exit(1);
for (const signal of signals) process.on(signal, exit);

try {
  const { dev, demo } = readFlags();
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
  loadEnvFile();
  await holdDataFolder();
  // Check the port and the database before the build, so that their errors appear at once.
  await requirePort(env().PORT, env().HOST);
  if (env().DATABASE_URL) await checkExternal(env().DATABASE_URL);
  await (dev ? generate() : build());
  for (const signal of signals) process.removeListener(signal, exit);
  // Imported here, because the server imports the generated client.
  const { serve } = await import('@/server');
  await serve({ dev, prepare: demo ? seedDemoWorkspace : undefined });
} catch (error) {
  exitOnStartupError(error);
}

function readFlags(): { dev: boolean; demo: boolean } {
  try {
    const { values } = parseArgs({
      options: { dev: { type: 'boolean', default: false }, demo: { type: 'boolean', default: false } },
    });
    return values;
  } catch (error) {
    throw new StartupError(`${(error as Error).message.split('.')[0]}; ${usage}`);
  }
}

async function seedDemoWorkspace(): Promise<void> {
  const { demoPassword, emailOf, isDemo, isEmpty, people, seedDemo } = await import('@/demo/demo');
  if (await isEmpty()) await withProgress('Filling the workspace', '(a dozen people, thousands of messages)', () => seedDemo());
  else if (!(await isDemo())) return say('The database is not empty, so the demo workspace was not added.');
  const [owner, ...others] = people;
  say(`Sign in as ${emailOf(owner.handle)} (the owner) with the password ${demoPassword}.`);
  say(`The other accounts have the same password: ${others.map(({ handle }) => handle).join(', ')}.`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
