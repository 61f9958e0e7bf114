import { currentContext } from '@/lib/platform/process/context';
import { processSingleton } from '@/lib/platform/process/singleton';

/** This request's body may take as long as it moves: somebody we know sends a file. All others have seconds. */
export function takeTime(): void {
  const { requestId } = currentContext();
  if (requestId) unhurried().add(requestId);
}

/** The requests that may. Whoever hurries them forgets them. */
export const unhurried = () => processSingleton('patience', () => new Set<string>());
