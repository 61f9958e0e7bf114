import { z } from 'zod';

/** The error codes of the protocol, and the HTTP status of each. */
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

/** An error as clients receive it. */
export const wireErrorSchema = z.object({
  code: z.enum(Object.keys(statusByCode) as ErrorCode[]),
  message: z.string(),
  /** with VALIDATION_FAILED: a message per invalid field */
  fields: z.record(z.string(), z.string()).optional(),
  /** seconds; with RATE_LIMIT_EXCEEDED and UNAVAILABLE */
  retryAfter: z.number().optional(),
  limit: z.number().optional(),
  /** seconds */
  window: z.number().optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** The body of an error response of REST. */
export const failureSchema = z.object({ error: wireErrorSchema });
