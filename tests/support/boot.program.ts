import { createInterface } from 'node:readline';
import { boot } from '@/boot/boot';
import { shutDownOnSignals } from '@/boot/shutdown';
import { run } from '@/lib/platform/db/sql';
import { loadEnvFile } from '@/lib/platform/env/env';
import { exitOnStartupError } from '@/lib/platform/process/startup-error';

// Parley without pages and sockets, for the tests that kill it. Each line of input is a name to store, and is echoed after its
// commit.
loadEnvFile('/dev/null');
const parley = await boot().catch(exitOnStartupError);
shutDownOnSignals(async () => {
  await parley.stopWork(1_000);
  await parley.close(3_000);
});
parley.work();
say('up');

for await (const name of createInterface(process.stdin)) {
  const text = `INSERT INTO "User" (id, name, email, handle) VALUES (gen_random_uuid(), $1, $1, $1)`;
  await run('boot_store', text, [name]).then(
    () => say(`stored ${name}`),
    (error: Error) => say(`failed ${name}: ${error.message}`),
  );
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
