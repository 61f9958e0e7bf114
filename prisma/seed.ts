import { boot } from '@/boot/boot';
import { demoPassword, emailOf, people, seedDemo } from '@/demo/demo';
import { exitOnStartupError } from '@/lib/platform/process/startup-error';

// prisma db seed: the demo workspace, in an empty database. `npm run demo` does the same and starts Parley.
try {
  const parley = await boot();
  const messages = await seedDemo();
  await parley.close(3_000);
  const sentence =
    messages === null
      ? 'Somebody is here already: the demo workspace only fills an empty database.'
      : `${messages} messages by ${people.length} people. Sign in as ${emailOf('mara')} with ${demoPassword}.`;
  process.stdout.write(`${sentence}\n`);
  process.exit(0);
} catch (error) {
  exitOnStartupError(error);
}
