import { log } from '@/lib/platform/log/log';

/** Supervisors usually wait for 10 s. */
const wholeMs = 9_500;

/**
 * Signals within this time count as one: npm forwards the Ctrl-C that the terminal has also sent here, and some supervisors
 * signal the whole process group.
 */
const oneSignalMs = 1_000;

/**
 * Shuts Parley down on SIGTERM, SIGINT or SIGHUP, and exits with 0. A later second signal, or a shutdown that hangs, exits at
 * once. An uncaught exception shuts down too, with 1, because the state in memory can no longer be trusted.
 */
export function shutDownOnSignals(takeDown: () => Promise<void>): void {
  let begun: number | undefined;
  const goDown = async (code: number) => {
    if (begun !== undefined) return;
    begun = performance.now();
    setTimeout(() => process.exit(1), wholeMs).unref();
    await takeDown().catch((error: Error) => log().error({ err: error }, 'The shutdown was not clean.'));
    process.exit(code);
  };
  const signalled = () => {
    if (begun !== undefined && performance.now() - begun > oneSignalMs) process.exit(1);
    void goDown(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, signalled);
  process.on('uncaughtException', (error) => {
    log().fatal({ err: error }, 'A fault nobody caught.');
    if (begun !== undefined) process.exit(1);
    void goDown(1);
  });
  // A rejected promise that nobody awaited any more is no reason to close every connection.
  process.on('unhandledRejection', (error) => log().error({ err: error }, 'A rejection nobody handled.'));
}
