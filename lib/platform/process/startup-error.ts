/**
 * The reason why Parley or a script cannot start. Printed as one line without a stack; the process then exits with 1. The message
 * names the problem and how to fix it.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** Prints an error at startup and exits: a StartupError as one line, any other error with its stack. */
export function exitOnStartupError(error: unknown): never {
  console.error(error instanceof StartupError ? `Parley cannot start: ${error.message}` : error);
  process.exit(1);
}
