import { type ParleyError, unavailable } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';

/**
 * Translates a transient database failure (lock timeout, lost connection, exhausted pool) to UNAVAILABLE, so clients retry.
 * @returns null for every other error
 */
export function databaseFailure(error: unknown): ParleyError | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if (isTransient(cause)) {
      log().warn({ reason: cause.message }, 'The database did not answer.');
      return unavailable('The database does not answer right now. Please try again.');
    }
  return null;
}

/** The SQLSTATE of a PostgreSQL error; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

function isTransient(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return transientCode.test(code) || transientMessage.test(error.message);
}

// PostgreSQL: lock_timeout, deadlock, serialization, connections, shutdown and cancelled statements; Node's sockets; Prisma.
const transientCode =
  /^(55P03|40P01|40001|08...|57P0.|57014|53...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024|P2028|P2034)$/;

// Errors of `pg` that have no code.
const transientMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|Cannot use a pool after)/;
