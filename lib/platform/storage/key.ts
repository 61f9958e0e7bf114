const keyPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[a-z]+\d*)?$/;

/** An attachment's id, or that and a suffix. */
export const isKey = (name: string) => keyPattern.test(name);

/** Whatever a caller got wrong, no name leads out of the storage. */
export function requireKey(key: string): string {
  if (!isKey(key)) throw new Error('Not the key of a stored file.');
  return key;
}
