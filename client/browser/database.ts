import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * An IndexedDB database of this origin, opened by its first use. A connection that ended or failed is opened again by the next one.
 * @param upgrade creates the stores
 * @returns opens it; rejects where the browser has no IndexedDB or blocks it
 */
export function databaseOf<Schema extends DBSchema>(
  name: string,
  upgrade: (database: IDBPDatabase<Schema>) => void,
): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const close = () => {
    opening = null;
  };
  return () => {
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
