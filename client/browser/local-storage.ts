/**
 * Stores values in localStorage, for convenience only. Storage may be full or blocked (then even access to `localStorage` throws), and
 * errors are ignored.
 */
export function writeLocal(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The value is not stored.
  }
}

export function readLocal(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function removeLocal(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // There is nothing to remove.
  }
}
