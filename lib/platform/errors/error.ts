import type { z } from 'zod';
import { type ErrorCode, type Reason, statusByCode, type WireError } from '@/lib/platform/errors/schema';

const brand = Symbol.for('parley.error');

/**
 * The one error class of the domain. `instanceof` checks a brand, because server.ts and Next's route bundles each load their own copy
 * of this class.
 */
export class ParleyError extends Error {
  readonly code: ErrorCode;
  readonly details: Omit<WireError, 'code' | 'message'>;
  readonly [brand] = true;

  constructor(code: ErrorCode, message: string, details: Omit<WireError, 'code' | 'message'> = {}) {
    super(message);
    this.name = 'ParleyError';
    this.code = code;
    this.details = details;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }

  get status(): number {
    return statusByCode[this.code];
  }

  toWire(): WireError {
    return { code: this.code, message: this.message, ...this.details };
  }
}

/** For absent and forbidden alike, so that an answer does not reveal which one it is. */
export const notFound = () => new ParleyError('NOT_FOUND', 'There is nothing here, or it is not yours to see.');

export const forbidden = (message: string, reason?: Reason) =>
  new ParleyError('FORBIDDEN', message, reason === undefined ? {} : { reason });

export const conflict = (message: string, reason?: Reason) =>
  new ParleyError('CONFLICT', message, reason === undefined ? {} : { reason });

export const invalid = (fields: Record<string, string>, fieldReasons: Record<string, Reason> = {}) =>
  new ParleyError('VALIDATION_FAILED', 'Some of what was sent is not valid.', {
    fields,
    ...(Object.keys(fieldReasons).length > 0 ? { fieldReasons } : {}),
  });

/** @param retryAfter seconds */
export const unavailable = (message: string, retryAfter = 1) => new ParleyError('UNAVAILABLE', message, { retryAfter });

/** Fields that an error lists at most, so that a request with 60,000 wrong ids does not get a huge answer. */
const maxFields = 20;

/**
 * Parses input at the edge.
 * @throws VALIDATION_FAILED with a message for each wrong field, up to 20
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  const fieldReasons: Record<string, Reason> = {};
  for (const issue of result.error.issues.slice(0, maxFields)) {
    const field = issue.path.join('.') || 'body';
    if (field in fields) continue;
    fields[field] = issue.message;
    const reason = reasonOf(issue);
    if (reason) fieldReasons[field] = reason;
  }
  throw invalid(fields, fieldReasons);
}

function reasonOf(issue: z.core.$ZodIssue): Reason | undefined {
  if (issue.code === 'too_big' && issue.origin === 'string') return 'TOO_LONG';
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'NOT_EMAIL';
  return issue.code === 'custom' ? (issue.params?.reason as Reason | undefined) : undefined;
}
