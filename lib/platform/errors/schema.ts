import { z } from 'zod';

/** The error codes of the wire, and the HTTP status each one answers with. */
export const statusByCode = {
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMIT_EXCEEDED: 429,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof statusByCode;

/** What a client gets of a failure. */
export const wireErrorSchema = z.object({
  code: z.enum(Object.keys(statusByCode) as ErrorCode[]),
  message: z.string(),
  /** with VALIDATION_FAILED: what is wrong with each field */
  fields: z.record(z.string(), z.string()).optional(),
  /** seconds; with RATE_LIMIT_EXCEEDED and UNAVAILABLE */
  retryAfter: z.number().optional(),
  limit: z.number().optional(),
  /** seconds */
  window: z.number().optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** A failure as REST answers it. */
export const failureSchema = z.object({ error: wireErrorSchema });
