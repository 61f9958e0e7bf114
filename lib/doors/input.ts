import type { z } from 'zod';
import type { Terms } from '@/lib/domain/operation';
import { parse } from '@/lib/platform/errors/error';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';

/**
 * Counts a call against its operation's limit, and parses the input. If possible, the call is counted before the input is read.
 * Otherwise a call that cannot be parsed counts as `other`.
 * @param read returns the client's input, or its promise
 * @throws RATE_LIMIT_EXCEEDED
 * @throws VALIDATION_FAILED
 * @throws any error of `read`
 */
export async function takeInput<Input extends z.ZodType>(
  terms: Terms<Input>,
  userId: string,
  read: () => unknown,
): Promise<z.output<Input>> {
  const { input, limit, dropOverLimit } = terms;
  if (typeof limit === 'string' && !dropOverLimit) {
    await takeLimit(limit, userId);
    return parse(input, await read());
  }
  const value = await readAndParse(input, userId, read);
  const counted = typeof limit === 'function' ? limit(value) : limit;
  if (typeof counted === 'string') await takeLimit(counted, userId);
  return value;
}

async function readAndParse<Input extends z.ZodType>(
  input: Input,
  userId: string,
  read: () => unknown,
): Promise<z.output<Input>> {
  try {
    return parse(input, await read());
  } catch (error) {
    await takeLimit('other', userId);
    throw error;
  }
}
