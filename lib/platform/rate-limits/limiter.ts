import type { Rate } from '@/lib/platform/env/values';
import { ParleyError } from '@/lib/platform/errors/error';
import { processSingleton } from '@/lib/platform/process/singleton';
import { type Limiter, MemoryLimiter } from '@/lib/platform/rate-limits/memory-window';
import { type RateKind, rateLimits } from '@/lib/platform/rate-limits/rates';
import { RedisLimiter } from '@/lib/platform/rate-limits/redis-window';
import { noteViolation } from '@/lib/platform/rate-limits/violations';
import { isShared } from '@/lib/platform/redis/redis';

/**
 * Counts one action of a subject (a person, an account, an address).
 * @throws RATE_LIMIT_EXCEEDED
 */
export async function takeLimit(kind: RateKind, subject: string): Promise<void> {
  const rate = rateLimits()[kind];
  const retryAfter = await limiterOf(kind).take(subject, rate);
  if (retryAfter > 0) refuse(kind, subject, rate, retryAfter);
}

function refuse(kind: RateKind, subject: string, rate: Rate, retryAfter: number): never {
  noteViolation(kind, subject);
  throw new ParleyError('RATE_LIMIT_EXCEEDED', `Too much at once. Try again in ${retryAfter} seconds.`, {
    retryAfter,
    limit: rate.count,
    window: rate.seconds,
  });
}

/** Uncounts the latest action, because it turned out to be free (a retry, a successful sign-in). */
export async function giveBack(kind: RateKind, subject: string): Promise<void> {
  await limiterOf(kind).giveBack(subject);
}

// One limiter per kind: a flood of unknown addresses must not push out the counts of accounts.
function limiterOf(kind: RateKind): Limiter {
  const all = limiters();
  all[kind] ??= isShared() ? new RedisLimiter(kind) : new MemoryLimiter();
  return all[kind];
}

const limiters = () => processSingleton('limiters', (): Partial<Record<RateKind, Limiter>> => ({}));
