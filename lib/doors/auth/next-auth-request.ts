import { oauthProviders } from '@/lib/domain/accounts/providers';
import { cookieName, parseCookies } from '@/lib/doors/auth/cookies';
import { readText } from '@/lib/doors/rest/body';
import { publicUrl } from '@/lib/platform/env/env';
import { invalid, notFound } from '@/lib/platform/errors/error';

/** Reads the parts of a request that next-auth uses. Input that would make it fail or answer 500 is refused or removed. */
export async function readNextAuthRequest(request: Request, path: string[]) {
  // HEAD is answered like GET.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (!isThere(method, path)) throw notFound();
  const cookies = parseCookies(request.headers.get('cookie'));
  const remembered = cookieName('callback-url');
  return {
    method,
    headers: Object.fromEntries(request.headers),
    cookies: withOwnUrl(cookies, remembered),
    query: { ...sound(Object.fromEntries(new URL(request.url).searchParams)), nextauth: path },
    body: method === 'POST' ? sound(await readForm(request)) : undefined,
  };
}

function isThere(method: string, [action = '', provider, ...rest]: string[]): boolean {
  if (rest.length > 0) return false;
  const key = `${method} ${action}`;
  if (provider === undefined) return bare.has(key);
  const isOauth = oauthProviders().some(({ id }) => id === provider);
  return isOauth ? ofProviders.has(key) : provider === 'credentials' && ofPasswords.has(key);
}

const bare = new Set([
  ...['GET signin', 'GET signout', 'GET session', 'GET csrf', 'GET providers', 'GET error'],
  ...['POST signin', 'POST signout', 'POST session'],
]);
const ofProviders = new Set(['GET signin', 'POST signin', 'GET callback']);
const ofPasswords = new Set(['GET signin', 'POST signin', 'POST callback']);

/** Only texts; of the destination and the error only what may be part of an address. */
function sound(fields: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string');
  const { error, ...rest } = withOwnUrl(Object.fromEntries(texts), 'callbackUrl');
  return error !== undefined && /^[\w:. -]{1,200}$/.test(error) ? { ...rest, error } : rest;
}

/** Removes an address that is invalid, too long for a cookie or of another site: next-auth then redirects to the start page. */
function withOwnUrl(fields: Record<string, string>, name: string): Record<string, string> {
  const { [name]: given, ...rest } = fields;
  const home = new URL(publicUrl());
  const url = given !== undefined && given.length <= 2_000 && URL.canParse(given, home) ? new URL(given, home) : null;
  if (url?.origin !== home.origin || url.username || url.password) return rest;
  // The form in which next-auth itself writes the start page.
  return { ...rest, [name]: url.href === home.href ? home.origin : url.href };
}

async function readForm(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request);
  if (!request.headers.get('content-type')?.includes('application/json')) return Object.fromEntries(new URLSearchParams(text));
  try {
    const body: unknown = JSON.parse(text || '{}');
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // falls through to the refusal
  }
  throw invalid({ body: 'Not JSON.' });
}
