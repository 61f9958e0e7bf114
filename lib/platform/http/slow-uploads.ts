import { currentContext } from '@/lib/platform/process/context';
import { processSingleton } from '@/lib/platform/process/singleton';

/** Exempts the current request from the body timeout as long as data arrives. Only for uploads of signed-in users. */
export function allowSlowUpload(): void {
  const { requestId } = currentContext();
  if (requestId) slowUploads().add(requestId);
}

/** Ids of the exempt requests. The code that enforces the timeout removes them. */
export const slowUploads = () => processSingleton('patience', () => new Set<string>());
