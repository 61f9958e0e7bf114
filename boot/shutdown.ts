import { log } from '@/lib/platform/log/log';

/** A supervisor's usual patience is 10 s. */
const wholeMs = 9_500;

/**
 * Signals that come within this long are one: npm hands on the Ctrl-C that the terminal sent us too, and supervisors that signal
 * the whole group do it as well.
 */
const oneSignalMs = 1_000;

/**
 * Takes Parley down at SIGTERM, SIGINT or SIGHUP, and ends the process with 0. A second signal, a moment later, or a shutdown that
 * hangs, ends it at once. A fault that nobody caught takes it down as well, with 1: what is in memory cannot be trusted any more.
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
  // Some answer came too late for whoever waited: not worth everybody's connections.
  process.on('unhandledRejection', (error) => log().error({ err: error }, 'A rejection nobody handled.'));
}
