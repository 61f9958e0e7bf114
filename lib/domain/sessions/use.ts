import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** A device that is not used for this long is signed out. */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** Interval in which the use of a session is recorded. */
const recordEverySeconds = 60;

/** Delay until the uses are written together: when everybody reconnects at once, that is one commit a second. */
const writeAfterMs = 1_000;

/**
 * Records that a session is in use, without waiting for the write.
 * @param lastSeenAt the value in its row
 */
export function noteUse(id: string, lastSeenAt: Date): void {
  if (Date.now() - lastSeenAt.getTime() <= recordEverySeconds * 1_000) return;
  const ids = used();
  ids.add(id);
  if (ids.size === 1) setTimeout(writeNoted, writeAfterMs).unref();
}

/**
 * Writes that sessions are in use, and extends them.
 * @param unlessWithinSeconds skips sessions recorded within this time
 */
export async function writeUse(ids: string[], unlessWithinSeconds: number): Promise<void> {
  await run('sessions.use', useText, [ids, unlessWithinSeconds, sessionSeconds]);
}

function writeNoted(): void {
  const ids = [...used()];
  used().clear();
  writeUse(ids, recordEverySeconds).catch((error: Error) =>
    log().warn({ reason: error.message, sessions: ids.length }, 'That sessions are in use was not noted.'),
  );
}

// SKIP LOCKED: another transaction that holds the row writes the same, or ends the session.
const useText = `
  WITH stale AS MATERIALIZED (
    SELECT s.id FROM "Session" s
    WHERE s.id = ANY ($1::uuid[]) AND s."revokedAt" IS NULL AND s."lastSeenAt" < now() - make_interval(secs => $2)
    FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE "Session" s SET "lastSeenAt" = now(), "expiresAt" = now() + make_interval(secs => $3) FROM stale WHERE s.id = stale.id`;

const used = () => processSingleton('sessions.used', () => new Set<string>());
