const keyPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[a-z]+\d*)?$/;

/** Whether a name is a storage key: an attachment's id, optionally with a suffix. */
export const isKey = (name: string) => keyPattern.test(name);

/** Guards against path traversal: no other name reaches the file system or the bucket. @throws when it is not a key */
export function requireKey(key: string): string {
  if (!isKey(key)) throw new Error('Not the key of a stored file.');
  return key;
}
