import type { z } from 'zod';
import type { Limit, Scope } from '@/lib/domain/operation';
import { findSessionFor } from '@/lib/doors/auth/person';
import { answer, refusal } from '@/lib/doors/rest/answer';
import { readJson } from '@/lib/doors/rest/body';
import { notFound, ParleyError, parse } from '@/lib/platform/errors/error';
import { clientAddress } from '@/lib/platform/http/address';
import { corsHeaders, originOf, rejectForeign } from '@/lib/platform/http/origin';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';
import { idSchema } from '@/lib/platform/validation/schema';

export { created, noContent } from '@/lib/doors/rest/answer';

type Params = Record<string, string>;
/** Next.js has no params for a path without variable parts. */
export type Handler = (request: Request, context: { params: Promise<Params | undefined> }) => Promise<Response>;

/** What a handler gets of a request from anybody. */
export interface PublicCall {
  request: Request;
  params: Params;
  /** the client's address */
  address: string;
  /** Parses the search parameters; throws VALIDATION_FAILED. */
  query<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
  /** Reads and parses the JSON body; throws VALIDATION_FAILED or PAYLOAD_TOO_LARGE. */
  body<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>>;
}

/** What a handler gets of a signed-in person's request. */
export interface Call extends PublicCall {
  userId: string;
  sessionId: string;
}

/** What an operation's entry says of it, for a route that is none. */
export interface RouteTerms {
  limit: Limit;
  scope: Scope;
}

/**
 * A route for signed-in people that is no operation, because it takes or gives something other than JSON. Checks who calls and from
 * where, counts it, and answers what the handler returns: plain data, created(data), noContent() or a Response.
 */
export function route(terms: RouteTerms, handler: (call: Call) => Promise<unknown>): Handler & RouteTerms {
  const { limit } = terms;
  const counted = signedIn(async (call) => {
    if (typeof limit === 'string') await takeLimit(limit, call.userId);
    return handler(call);
  });
  return Object.assign(counted, terms);
}

/** Checks who calls and from where. It counts nothing. */
export function signedIn(handler: (call: Call) => Promise<unknown>): Handler {
  return answering(async (call) => {
    const origin = rejectForeign(call.request);
    const person = await authenticate(call.request, origin === 'none' || origin === 'own');
    return handler(Object.assign(call, person));
  });
}

/** The same for a route that anybody may call: the origin is checked all the same. */
export function publicRoute(handler: (call: PublicCall) => Promise<unknown>): Handler {
  return answering(async (call) => {
    rejectForeign(call.request);
    return handler(call);
  });
}

/** An id in a path: lower case, and NOT_FOUND when it is none. */
export function id(value: string | undefined): string {
  const parsed = idSchema.safeParse(value);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function answering(work: (call: PublicCall) => Promise<unknown>): Handler {
  return async (request, context) => {
    let response: Response;
    try {
      response = answer(await work(callOf(request, (await context.params) ?? {})));
    } catch (error) {
      response = refusal(error);
    }
    return withCors(request, response);
  };
}

function callOf(request: Request, params: Params): PublicCall {
  return {
    request,
    params,
    get address() {
      return clientAddress(request.headers);
    },
    query: (schema) => parse(schema, queryOf(request)),
    body: async (schema) => parse(schema, await readJson(request)),
  };
}

/** A parameter that is given several times is an array: a list takes all of it, and anything else refuses it. */
export function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url);
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}

async function authenticate(request: Request, cookieCounts: boolean): Promise<{ userId: string; sessionId: string }> {
  const session = await findSessionFor({
    cookieHeader: cookieCounts ? request.headers.get('cookie') : null,
    authorization: request.headers.get('authorization'),
  });
  if (!session) throw new ParleyError('UNAUTHENTICATED', 'Sign in first.');
  return { userId: session.userId, sessionId: session.sessionId };
}

function withCors(request: Request, response: Response): Response {
  const origin = request.headers.get('origin');
  if (origin && originOf(request) === 'allowed')
    for (const [name, value] of Object.entries(corsHeaders(origin))) response.headers.set(name, value);
  return response;
}
