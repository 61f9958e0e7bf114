import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * Does some work in an IndexedDB database of this origin.
 * @returns the result of the work. Rejects when it fails, where the browser has no IndexedDB or blocks it, and where IndexedDB does not
 *   answer in time
 */
export type Database<Schema extends DBSchema> = <Result>(
  work: (database: IDBPDatabase<Schema>) => Promise<Result>,
  options?: Options,
) => Promise<Result>;

interface Options {
  timeoutMs?: number;
  /** The work is done even when the browser answers only after the timeout: what is to be removed must not stay. */
  isRemoval?: boolean;
}

/** A small read or write takes milliseconds. */
const defaultTimeoutMs = 1_000;

/**
 * An IndexedDB database of this origin, opened by its first use. A connection that ended or failed is opened again by the next one.
 * Some browsers never answer in private windows. After a timeout the database counts as unavailable until the browser answers, so that
 * nobody waits twice.
 * @param upgrade creates the stores
 */
export function databaseOf<Schema extends DBSchema>(
  name: string,
  upgrade: (database: IDBPDatabase<Schema>) => void,
): Database<Schema> {
  const open = opener(name, upgrade);
  let isHanging = false;
  return async (work, { timeoutMs = defaultTimeoutMs, isRemoval = false } = {}) => {
    if (isHanging && !isRemoval) throw new Error(unanswered);
    const running = open().then(work);
    if (isHanging) {
      running.catch(() => undefined);
      throw new Error(unanswered);
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        isHanging = true;
        const answered = () => {
          isHanging = false;
        };
        running.then(answered, answered);
        reject(new Error(unanswered));
      }, timeoutMs);
    });
    return Promise.race([running, timeout]).finally(() => clearTimeout(timer));
  };
}

const unanswered = 'The storage does not answer.';

function opener<Schema extends DBSchema>(
  name: string,
  upgrade: (database: IDBPDatabase<Schema>) => void,
): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const close = () => {
    opening = null;
  };
  return async () => {
    opening ??= openDB<Schema>(name, 1, {
      upgrade,
      // A newer version of Parley in another tab needs to upgrade the database.
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
        close();
      },
      terminated: close,
    }).catch((error) => {
      close();
      throw error;
    });
    return opening;
  };
}
