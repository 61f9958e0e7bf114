import { AsyncLocalStorage } from 'node:async_hooks';
import { processSingleton } from '@/lib/platform/process/singleton';

/** On whose behalf something is done: what the log says with each line. */
export interface Context {
  requestId?: string;
  socketId?: string;
}

const storage = () => processSingleton('context', () => new AsyncLocalStorage<Context>());

/** Runs work, and whatever it begins, on behalf of this request or socket. */
export function inContext<Result>(context: Context, work: () => Result): Result {
  return storage().run(context, work);
}

/** Runs work for everybody: what several wait for is not the doing of whoever happened to be first. */
export function outOfContext<Result>(work: () => Result): Result {
  return storage().exit(work);
}

export const currentContext = (): Context => storage().getStore() ?? {};
