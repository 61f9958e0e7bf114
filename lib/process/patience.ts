import { currentContext } from '@/lib/process/context';
import { oncePerProcess } from '@/lib/process/once';

/** This request's body may take as long as it moves: somebody we know sends a file. All others have seconds. */
export function takeTime(): void {
  const { requestId } = currentContext();
  if (requestId) unhurried().add(requestId);
}

/** The requests that may. Whoever hurries them forgets them. */
export const unhurried = () => oncePerProcess('patience', () => new Set<string>());
