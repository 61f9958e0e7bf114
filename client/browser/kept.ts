/**
 * What this browser keeps for later visits. Storage may be forbidden (then even to name it throws) or full: what is kept here is a
 * convenience, and nothing is said of it when it is gone.
 */
export function keepHere(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // As if it had never been asked for.
  }
}

export function recallHere(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function forgetHere(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // It was never kept.
  }
}
