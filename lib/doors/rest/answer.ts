import { TextResponse } from '@/lib/doors/rest/text-response';
import { databaseFailure } from '@/lib/platform/db/failure';
import { ParleyError, unavailable } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';
import { metrics } from '@/lib/platform/metrics/metrics';

/** 201: created. */
export const created = (data: unknown): Response => json(data, 201, headers);

/** 204: done, without content. */
export const noContent = (): Response => new Response(null, { status: 204 });

/** 200 with plain data; a Response stays what it is. */
export const answer = (result: unknown): Response => (result instanceof Response ? result : json(result ?? {}, 200, headers));

/** Maps errors to HTTP. Unexpected errors are logged, and their message is not sent. */
export function refusal(error: unknown): Response {
  const known = error instanceof ParleyError ? error : (databaseFailure(error) ?? unexpected(error));
  metrics().errors.inc({ door: 'rest', code: known.code });
  const { retryAfter } = known.details;
  return json(
    { error: known.toWire() },
    known.status,
    retryAfter ? { ...headers, 'Retry-After': String(retryAfter) } : headers,
  );
}

const json = (data: unknown, status: number, headers: Record<string, string>): Response =>
  new TextResponse(JSON.stringify(data), { status, headers: { 'Content-Type': 'application/json', ...headers } });

const headers = { 'Cache-Control': 'private, no-store' };

function unexpected(error: unknown): ParleyError {
  metrics().faults.inc({ door: 'rest' });
  log().error({ err: error }, 'A request failed unexpectedly.');
  return unavailable('Something is not working right now. Please try again.');
}
