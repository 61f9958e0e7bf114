import { databaseFailure } from '@/lib/platform/db/failure';
import { ParleyError, unavailable } from '@/lib/platform/errors/error';
import type { WireError } from '@/lib/platform/errors/schema';
import { log } from '@/lib/platform/log/log';
import { metrics } from '@/lib/platform/metrics/metrics';

/**
 * Maps errors to acks. Unexpected errors are logged, and their message is not sent.
 * @param where for the log
 */
export function toWire(error: unknown, where: string): WireError {
  const known = error instanceof ParleyError ? error : (databaseFailure(error) ?? unexpected(error, where));
  metrics().errors.inc({ door: 'socket', code: known.code });
  return known.toWire();
}

function unexpected(error: unknown, where: string): ParleyError {
  metrics().faults.inc({ door: 'socket' });
  log().error({ err: error, where }, 'A socket request failed unexpectedly.');
  return unavailable('Something is not working right now. Please try again.');
}
