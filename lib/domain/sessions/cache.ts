import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { metrics } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/** A session as last read. `revoked` is final, so a slower read cannot overwrite it. */
export type CachedSession = { userId: string; expiresAt: Date; readAt: number } | 'revoked';

/**
 * Milliseconds, from before the read of a session's row, for which the entry is valid. A node that misses the event of a
 * revocation accepts the session for this time; the promise is 5 s.
 */
const validForMs = 4_000;
const maxSessions = 20_000;

/** The cached session; undefined when it must be read from the database. */
export function cachedSession(id: string): CachedSession | undefined {
  const entry = cache().get(id);
  const stale = entry !== 'revoked' && entry !== undefined && Date.now() - entry.readAt > validForMs;
  const known = stale ? undefined : entry;
  metrics().cache.inc({ cache: 'sessions', result: known ? 'hit' : 'miss' });
  return known;
}

/**
 * Caches a session, unless it was revoked meanwhile.
 * @param readAt when the read began, ms since the epoch
 * @returns the entry that is valid now
 */
export function rememberSession(
  id: string,
  { userId, expiresAt }: { userId: string; expiresAt: Date },
  readAt: number,
): CachedSession {
  if (cache().get(id) === 'revoked') return 'revoked';
  const known = { userId, expiresAt, readAt };
  cache().set(id, known);
  return known;
}

export const rememberRevoked = (id: string): void => cache().set(id, 'revoked');

const cache = () => processSingleton('sessions', () => new BoundedMap<string, CachedSession>(maxSessions));
