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

/** Why exactly, where the code leaves it open: what an interface says in its reader's language. More may come. */
export const reasons = [
  'CONTROL_CHARACTERS',
  'DIRECT_IS_FIXED',
  'EMAIL_TAKEN',
  'EMPTY',
  'FILE_BROKEN',
  'FILE_EMPTY',
  'GROUP_FULL',
  'HANDLE_TAKEN',
  'INVITE_NEEDED',
  'INVITE_SPENT',
  'LAST_ADMIN',
  'LOOKS_OFFICIAL',
  'MESSAGE_DELETED',
  'NOT_ADMIN',
  'NOT_ADMINISTRATOR',
  'NOT_AUTHOR',
  'NOT_DELETER',
  'NOT_EMAIL',
  'NOT_HANDLE',
  'NOT_HOST',
  'NOT_OWNER',
  'NOT_STORABLE',
  'SETUP_CODE_NEEDED',
  'SEVERAL_LINES',
  'TOO_LONG',
  'TOO_MANY_ATTACHMENTS',
  'TOO_MANY_PINS',
  'TOO_MANY_REACTIONS',
  'TOO_SHORT',
  /** of a client's own: no server answered it */
  'UNREACHABLE',
] as const;

export type Reason = (typeof reasons)[number];

/** For a zod issue: its message, and the reason that goes with it. */
export const because = (reason: Reason, message: string) => ({ message, params: { reason } });

/** What a client gets of a failure. */
export const wireErrorSchema = z.object({
  code: z.enum(Object.keys(statusByCode) as ErrorCode[]),
  message: z.string(),
  reason: z.enum(reasons).optional(),
  /** with VALIDATION_FAILED: what is wrong with each field */
  fields: z.record(z.string(), z.string()).optional(),
  /** the reasons of these, as far as they have any */
  fieldReasons: z.record(z.string(), z.enum(reasons)).optional(),
  /** seconds; with RATE_LIMIT_EXCEEDED and UNAVAILABLE */
  retryAfter: z.number().optional(),
  limit: z.number().optional(),
  /** seconds */
  window: z.number().optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** The body of an error response of REST. */
export const failureSchema = z.object({ error: wireErrorSchema });
