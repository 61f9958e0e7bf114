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
export interface WireError {
  code: ErrorCode;
  message: string;
  /** with VALIDATION_FAILED: what is wrong with each field */
  fields?: Record<string, string>;
  /** seconds; with RATE_LIMIT_EXCEEDED and UNAVAILABLE */
  retryAfter?: number;
  limit?: number;
  /** seconds */
  window?: number;
}
