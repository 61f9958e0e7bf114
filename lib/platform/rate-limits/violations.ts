import { log } from '@/lib/platform/log/log';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { processSingleton } from '@/lib/platform/process/singleton';
import { limitMetrics } from '@/lib/platform/rate-limits/metrics';
import type { RateKind } from '@/lib/platform/rate-limits/rates';

/** A client that ignores its limit produces one log line in this time. */
const silentMs = 60_000;
const maxRemembered = 1_000;

/**
 * Counts a refusal, and logs the first of a subject per minute. Accounts are not named, because people may type a password there.
 */
export function noteViolation(kind: RateKind, subject: string, now = Date.now()): void {
  limitMetrics().violations.inc({ kind });
  const told = remembered();
  const key = `${kind} ${subject}`;
  if (now - (told.get(key) ?? 0) < silentMs) return;
  told.set(key, now);
  log().warn(
    { kind, subject: kind === 'signin' || kind === 'signinAccount' ? undefined : subject },
    'Somebody does too much at once.',
  );
}

const remembered = () => processSingleton('violations', () => new BoundedMap<string, number>(maxRemembered));
