import { databaseFailure } from '@/lib/db/failure';
import { ParleyError, unavailable } from '@/lib/errors/error';
import type { WireError } from '@/lib/errors/schema';
import { log } from '@/lib/process/log';

/** The one mapper from errors to acks. What nobody expected is logged and says nothing of itself. @param where for the log */
export function toWire(error: unknown, where: string): WireError {
  const known = error instanceof ParleyError ? error : databaseFailure(error);
  if (known) return known.toWire();
  log().error({ err: error, where }, 'A socket event failed unexpectedly.');
  return unavailable('Something is not working right now. Please try again.').toWire();
}
