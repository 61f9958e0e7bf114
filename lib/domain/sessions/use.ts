import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** A device that is not used for this long is signed out. */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** How often a session that is in use says so. */
const sayEverySeconds = 60;

/** It is written this much later, with all that came meanwhile: when everybody comes back at once, that is one commit a second. */
const writeAfterMs = 1_000;

/** A session is in use; nobody waits for that to be written. @param lastSeenAt as its row has it */
export function noteUse(id: string, lastSeenAt: Date): void {
  if (Date.now() - lastSeenAt.getTime() <= sayEverySeconds * 1_000) return;
  const ids = used();
  ids.add(id);
  if (ids.size === 1) setTimeout(writeNoted, writeAfterMs).unref();
}

/**
 * Says of sessions that they are in use, and that they last from here.
 * @param unlessWithinSeconds leaves out those that said so within so many seconds
 */
export async function writeUse(ids: string[], unlessWithinSeconds: number): Promise<void> {
  await run('sessions.use', useText, [ids, unlessWithinSeconds, sessionSeconds]);
}

function writeNoted(): void {
  const ids = [...used()];
  used().clear();
  writeUse(ids, sayEverySeconds).catch((error: Error) =>
    log().warn({ reason: error.message, sessions: ids.length }, 'That sessions are in use was not noted.'),
  );
}

// Whoever holds one of these rows says the same of it, or ends it.
const useText = `
  WITH stale AS MATERIALIZED (
    SELECT s.id FROM "Session" s
    WHERE s.id = ANY ($1::uuid[]) AND s."revokedAt" IS NULL AND s."lastSeenAt" < now() - make_interval(secs => $2)
    FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE "Session" s SET "lastSeenAt" = now(), "expiresAt" = now() + make_interval(secs => $3) FROM stale WHERE s.id = stale.id`;

const used = () => processSingleton('sessions.used', () => new Set<string>());
