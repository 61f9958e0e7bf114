import { log } from '@/lib/process/log';

/** A supervisor's usual patience is 10 s. */
const wholeMs = 9_500;

/**
 * Takes Parley down at SIGTERM, SIGINT or SIGHUP, and ends the process with 0. A second signal, or a shutdown that hangs, ends it
 * at once. A fault that nobody caught takes it down as well, with 1: what is in memory cannot be trusted any more.
 */
export function shutDownOnSignals(takeDown: () => Promise<void>): void {
  let going = false;
  const goDown = async (code: number) => {
    if (going) process.exit(1);
    going = true;
    setTimeout(() => process.exit(1), wholeMs).unref();
    await takeDown().catch((error: Error) => log().error({ err: error }, 'The shutdown was not clean.'));
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void goDown(0));
  process.on('uncaughtException', (error) => {
    log().fatal({ err: error }, 'A fault nobody caught.');
    void goDown(1);
  });
  // Some answer came too late for whoever waited: not worth everybody's connections.
  process.on('unhandledRejection', (error) => log().error({ err: error }, 'A rejection nobody handled.'));
}
