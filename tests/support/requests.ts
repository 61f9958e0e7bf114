import { parseRest } from '@/tests/support/answers';

type Params = Record<string, string>;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

export interface Ask {
  method?: string;
  path?: string;
  params?: Params;
  /** sent as JSON unless it is a string */
  body?: unknown;
  /** an access token */
  token?: string;
  cookie?: string;
  origin?: string;
  /** the client's address; by default this machine's */
  address?: string;
  headers?: Record<string, string>;
}

export interface Told {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a JSON answer holds is what the test is about
  body: any;
  headers: Headers;
}

/** Calls a route's handler as the server would, without a network in between. */
export async function ask(handler: Handler, given: Ask = {}): Promise<Told> {
  const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
  const request = new Request(`http://localhost:3000${given.path ?? '/api'}`, {
    method: given.method ?? (given.body === undefined ? 'GET' : 'POST'),
    body: text,
    headers: headersOf(given),
  });
  const response = await handler(request, { params: Promise.resolve(given.params ?? {}) });
  const answer = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  const body = json ? JSON.parse(answer) : answer;
  if (given.path) parseRest(request.method, given.path, response.status, body);
  return { status: response.status, body, headers: response.headers };
}

/** The cookies that an answer sets, in the form of a request header, without removed ones. */
export function cookiesFrom({ headers }: Told): string {
  const kept = headers.getSetCookie().filter((cookie) => !/max-age=0/i.test(cookie));
  return kept.map((cookie) => cookie.split(';')[0]).join('; ');
}

function headersOf({ token, cookie, origin, address = '127.0.0.1', headers }: Ask): Record<string, string> {
  return {
    host: 'localhost:3000',
    'content-type': 'application/json',
    'x-parley-address': address,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(cookie && { cookie }),
    ...(origin && { origin }),
    ...headers,
  };
}
