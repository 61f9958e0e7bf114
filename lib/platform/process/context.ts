import { AsyncLocalStorage } from 'node:async_hooks';
import { processSingleton } from '@/lib/platform/process/singleton';

/** The request or socket that code runs for. The log adds it to each line. */
export interface Context {
  requestId?: string;
  socketId?: string;
}

const storage = () => processSingleton('context', () => new AsyncLocalStorage<Context>());

/** Runs work, and everything it starts, in the context of a request or socket. */
export function inContext<Result>(context: Context, work: () => Result): Result {
  return storage().run(context, work);
}

/** Runs work without a context, because several requests share its result. */
export function outOfContext<Result>(work: () => Result): Result {
  return storage().exit(work);
}

export const currentContext = (): Context => storage().getStore() ?? {};
