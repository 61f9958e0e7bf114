/**
 * Why Parley does not start, or a script does not run: shown as its one line, without a stack, before the process ends with 1.
 * The message says what is wrong and how to mend it.
 */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

/** Ends the process over a failure at the start: a refusal is one line; whatever nobody foresaw keeps its stack. */
export function refuseToStart(error: unknown): never {
  console.error(error instanceof StartRefusal ? `Parley cannot start: ${error.message}` : error);
  process.exit(1);
}
