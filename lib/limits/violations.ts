import type { RateKind } from '@/lib/env/rates';
import { log } from '@/lib/process/log';
import { measured } from '@/lib/process/metrics';
import { oncePerProcess } from '@/lib/process/once';

/** Who is told to wait and goes on all the same is one line in the log, not as many as they wish. */
const silentMs = 60_000;
const maxRemembered = 1_000;

/** Counts a refusal, and logs it: the first of a subject in a minute. Accounts are not named: what was typed may be a password. */
export function noteViolation(kind: RateKind, subject: string, now = Date.now()): void {
  measured().violations.inc({ kind });
  const told = remembered();
  const key = `${kind} ${subject}`;
  if (now - (told.get(key) ?? 0) < silentMs) return;
  told.delete(key);
  told.set(key, now);
  for (const oldest of told.keys()) {
    if (told.size <= maxRemembered) break;
    told.delete(oldest);
  }
  log().warn(
    { kind, subject: kind === 'signin' || kind === 'signinAccount' ? undefined : subject },
    'Somebody does too much at once.',
  );
}

const remembered = () => oncePerProcess('violations', () => new Map<string, number>());
