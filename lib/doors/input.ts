import type { z } from 'zod';
import type { Limit, Terms } from '@/lib/domain/operation';
import { andThen, type MaybePromise } from '@/lib/platform/async/maybe-promise';
import { parse } from '@/lib/platform/errors/error';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';

/**
 * Counts a call against its operation's limit, and parses the input. It is synchronous where both need only this process. If
 * possible, the call is counted before the input is read. Otherwise a call that cannot be parsed counts as `other`.
 * @param read returns the client's input
 * @throws RATE_LIMIT_EXCEEDED
 * @throws VALIDATION_FAILED
 * @throws any error of `read`
 */
export function takeInput<Input extends z.ZodType>(
  terms: Terms<Input>,
  userId: string,
  read: () => MaybePromise<unknown>,
): MaybePromise<z.output<Input>> {
  const { input, limit, dropOverLimit } = terms;
  if (typeof limit === 'string' && !dropOverLimit)
    return andThen(takeLimit(limit, userId), () => andThen(read(), (given) => parse(input, given)));
  return andThen(parsed(input, userId, read), (value) =>
    andThen(count(typeof limit === 'function' ? limit(value) : limit, userId), () => value),
  );
}

const count = (limit: Limit, userId: string) => (typeof limit === 'string' ? takeLimit(limit, userId) : undefined);

function parsed<Input extends z.ZodType>(
  input: Input,
  userId: string,
  read: () => MaybePromise<unknown>,
): MaybePromise<z.output<Input>> {
  const refuse = (error: unknown): MaybePromise<never> =>
    andThen(takeLimit('other', userId), () => {
      throw error;
    });
  try {
    const given = read();
    return given instanceof Promise ? given.then((value) => parse(input, value)).catch(refuse) : parse(input, given);
  } catch (error) {
    return refuse(error);
  }
}
