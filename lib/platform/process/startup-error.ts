/**
 * Why Parley does not start, or a script does not run: shown as its one line, without a stack, before the process ends with 1.
 * The message says what is wrong and how to mend it.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** Ends the process over a failure at the start: a refusal is one line; whatever nobody foresaw keeps its stack. */
export function exitOnStartupError(error: unknown): never {
  console.error(error instanceof StartupError ? `Parley cannot start: ${error.message}` : error);
  process.exit(1);
}
