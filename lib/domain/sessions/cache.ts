import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { metrics } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/** A session as last read; `revoked` is for good, so it outlives what a slower read says. */
export type Known = { userId: string; expiresAt: Date; readAt: number } | 'revoked';

/**
 * Milliseconds, from before a session's row was read, for which it is believed. Another node that does not hear of a revocation
 * believes it for so long, and 5 s are promised.
 */
const believedForMs = 4_000;
const maxKnown = 20_000;

/** What is known of a session without asking the database; undefined when it has to be asked. */
export function knownSession(id: string): Known | undefined {
  const entry = cache().get(id);
  const stale = entry !== 'revoked' && entry !== undefined && Date.now() - entry.readAt > believedForMs;
  const known = stale ? undefined : entry;
  metrics().cache.inc({ cache: 'sessions', result: known ? 'hit' : 'miss' });
  return known;
}

/**
 * Remembers what a read found, unless it was revoked meanwhile.
 * @param readAt when the read began, ms since the epoch
 * @returns what holds now
 */
export function rememberSession(id: string, { userId, expiresAt }: { userId: string; expiresAt: Date }, readAt: number): Known {
  if (cache().get(id) === 'revoked') return 'revoked';
  const known = { userId, expiresAt, readAt };
  cache().set(id, known);
  return known;
}

export const rememberRevoked = (id: string): void => cache().set(id, 'revoked');

const cache = () => processSingleton('sessions', () => new BoundedMap<string, Known>(maxKnown));
