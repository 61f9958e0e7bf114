import { env, publicUrl } from '@/lib/platform/env/env';
import { forbidden } from '@/lib/platform/errors/error';

/** `none`: no browser page sent it. `allowed`: another page's bearer client, whose cookies do not count. */
export type OriginKind = 'none' | 'own' | 'allowed' | 'foreign';

/** What a request or handshake says of where it comes from and where it went. */
export interface Said {
  origin: string | null | undefined;
  host: string | null | undefined;
  /** X-Forwarded-Proto */
  proto: string | string[] | null | undefined;
}

/** Whose page a request or handshake comes from: our own has the scheme, host and port that the request went to. */
export function judgeOrigin({ origin, host, proto }: Said): OriginKind {
  if (!origin) return 'none';
  const parsed = parseOrigin(origin);
  if (!parsed) return 'foreign';
  const own = env().PUBLIC_URL || `${schemeOf(proto)}://${host}`;
  if (parseOrigin(own)?.origin === parsed.origin) return 'own';
  return env().ALLOWED_ORIGINS.includes(parsed.origin) ? 'allowed' : 'foreign';
}

/**
 * A changing request from a foreign page is refused, with a cookie or without: signing somebody in is a change too.
 * Throws FORBIDDEN.
 */
export function refuseForeign(request: Request): OriginKind {
  const kind = originOf(request);
  if (kind === 'foreign' && changes(request)) throw forbidden('Requests from other sites are not accepted here.');
  return kind;
}

/** Browsers that leave Origin out still say Sec-Fetch-Site. */
export function originOf({ headers }: Request): OriginKind {
  const said = { origin: headers.get('origin'), host: headers.get('host'), proto: headers.get('x-forwarded-proto') };
  const kind = judgeOrigin(said);
  const site = headers.get('sec-fetch-site');
  return kind === 'none' && (site === 'cross-site' || site === 'same-site') ? 'foreign' : kind;
}

/** Where links that are handed out lead: to PUBLIC_URL, else to the address by which whoever asks for one has come. */
export function ownAddress(request: Request): string {
  const host = request.headers.get('host') ?? '';
  return env().PUBLIC_URL || (/^[\w.:[\]-]+$/.test(host) ? `http://${host}` : publicUrl());
}

/** What lets an allowed page's script read the answer. Never with credentials: such a client brings a bearer token. */
export function corsHeaders(origin: string): Record<string, string> {
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After', Vary: 'Origin' };
}

/** Parley itself speaks http; that people come by https, only a trusted proxy can say: the outermost one, where each adds its own. */
function schemeOf(proto: Said['proto']): 'http' | 'https' {
  const { TRUST_PROXY } = env();
  const said = [proto ?? []].flat().join(',').split(',');
  return TRUST_PROXY > 0 && (said.at(-TRUST_PROXY) ?? said[0])?.trim().toLowerCase() === 'https' ? 'https' : 'http';
}

const changes = (request: Request) => !['GET', 'HEAD', 'OPTIONS'].includes(request.method);

function parseOrigin(origin: string): URL | null {
  try {
    const url = new URL(origin);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
