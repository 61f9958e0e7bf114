import type { ErrorCode, Reason, WireError } from '@/lib/platform/errors/schema';

/** An error of the server, or UNAVAILABLE when it cannot be reached. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly reason: Reason | undefined;
  /** English messages, shown only when there is no translation */
  readonly fields: Record<string, string>;
  readonly fieldReasons: Record<string, Reason>;
  /** seconds */
  readonly retryAfter: number | undefined;

  constructor({ code, message, reason, fields, fieldReasons, retryAfter }: WireError) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.reason = reason;
    this.fields = fields ?? {};
    this.fieldReasons = fieldReasons ?? {};
    this.retryAfter = retryAfter;
  }
}

export const unreachable = () => new ApiError({ code: 'UNAVAILABLE', reason: 'UNREACHABLE', message: 'No answer.' });

/** REST with JSON. All functions throw ApiError. */
export const api = {
  get: <Data>(path: string, signal?: AbortSignal) => call<Data>('GET', path, undefined, signal),
  post: <Data>(path: string, body: unknown = {}) => call<Data>('POST', path, body),
  put: <Data>(path: string, body: unknown = {}) => call<Data>('PUT', path, body),
  patch: <Data>(path: string, body: unknown = {}) => call<Data>('PATCH', path, body),
  delete: <Data = void>(path: string) => call<Data>('DELETE', path),
};

/** Creates an ApiError from the answer of the server, or of a proxy before it. */
export function errorOf(status: number, body: unknown): ApiError {
  if (typeof body === 'object' && body !== null && 'error' in body) return new ApiError(body.error as WireError);
  if (status === 413) return new ApiError({ code: 'PAYLOAD_TOO_LARGE', message: 'Too large.' });
  return unreachable();
}

async function call<Data>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Data> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((failure: unknown) => {
    if (signal?.aborted) throw failure;
    throw unreachable();
  });
  if (response.status === 204) return undefined as Data;
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response.status, answer);
  return answer as Data;
}
