import { type RateKind, rateLimits } from '@/lib/env/rates';
import type { Rate } from '@/lib/env/values';
import { ParleyError } from '@/lib/errors/error';
import { SharedLimiter } from '@/lib/limits/shared-window';
import { noteViolation } from '@/lib/limits/violations';
import { type Limiter, MemoryLimiter } from '@/lib/limits/window';
import { oncePerProcess } from '@/lib/process/once';
import { type Soon, whenKnown } from '@/lib/process/soon';
import { isShared } from '@/lib/redis/redis';

/** Counts one thing that subject (a person, an account, an address) does; throws RATE_LIMIT_EXCEEDED when it is one too many. */
export function takeLimit(kind: RateKind, subject: string): Soon<void> {
  const rate = rateLimits()[kind];
  return whenKnown(limiterOf(kind).take(subject, rate), (retryAfter) => {
    if (retryAfter > 0) refuse(kind, subject, rate, retryAfter);
  });
}

function refuse(kind: RateKind, subject: string, rate: Rate, retryAfter: number): never {
  noteViolation(kind, subject);
  throw new ParleyError('RATE_LIMIT_EXCEEDED', `Too much at once. Try again in ${retryAfter} seconds.`, {
    retryAfter,
    limit: rate.count,
    window: rate.seconds,
  });
}

/** Uncounts the latest: it turned out to cost nothing (a retry, a sign-in that succeeded). */
export async function giveBack(kind: RateKind, subject: string): Promise<void> {
  await limiterOf(kind).giveBack(subject);
}

// One a kind: a flood of strange addresses must not push out what is known of accounts.
function limiterOf(kind: RateKind): Limiter {
  const all = limiters();
  all[kind] ??= isShared() ? new SharedLimiter(kind) : new MemoryLimiter();
  return all[kind];
}

const limiters = () => oncePerProcess('limiters', (): Partial<Record<RateKind, Limiter>> => ({}));
