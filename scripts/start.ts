import { parseArgs } from 'node:util';
import { holdDataFolder } from '@/boot/data-folder';
import { requirePort } from '@/boot/http';
import { checkExternal } from '@/lib/platform/db/external';
import { env, loadEnvFile } from '@/lib/platform/env/env';
import { exitOnStartupError, StartupError } from '@/lib/platform/process/startup-error';
import { build } from '@/scripts/build';
import { generate } from '@/scripts/generate';
import { withProgress } from '@/scripts/progress';

// npm start: whatever is missing is made, then the server runs in this very process, so that signals reach it.

const usage = 'use "npm start", "npm start -- --demo" or "npm run dev".';

// Until the server has its own, so that a build under way ends with us.
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const leave = () => process.exit(1);
for (const signal of signals) process.on(signal, leave);

try {
  const { dev, demo } = readFlags();
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
  loadEnvFile();
  await holdDataFolder();
  // Whoever waited for a build should not then hear of what was wrong from the start.
  await requirePort(env().PORT, env().HOST);
  if (env().DATABASE_URL) await checkExternal(env().DATABASE_URL);
  await (dev ? generate() : build());
  for (const signal of signals) process.removeListener(signal, leave);
  // Only now: what follows imports the generated client.
  const { serve } = await import('@/server');
  await serve({ dev, prepare: demo ? fillWithDemo : undefined });
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

async function fillWithDemo(): Promise<void> {
  const { demoPassword, emailOf, isDemo, isEmpty, people, seedDemo } = await import('@/demo/demo');
  if (await isEmpty()) await withProgress('Filling the workspace', '(a dozen people, thousands of messages)', () => seedDemo());
  else if (!(await isDemo())) return say('Somebody is here already, so the demo workspace was left out.');
  const [owner, ...others] = people;
  say(`Sign in as ${emailOf(owner.handle)} (the owner) with the password ${demoPassword}.`);
  say(`Likewise as the others: ${others.map(({ handle }) => handle).join(', ')}.`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
