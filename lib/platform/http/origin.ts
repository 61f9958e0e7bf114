import { env, publicUrl } from '@/lib/platform/env/env';
import { forbidden } from '@/lib/platform/errors/error';

/** `none`: not sent by a page in a browser. `allowed`: a page in ALLOWED_ORIGINS, whose bearer tokens count but not its cookies. */
export type OriginKind = 'none' | 'own' | 'allowed' | 'foreign';

/** The headers of a request or handshake that decide about its origin. */
export interface OriginHeaders {
  origin: string | null | undefined;
  host: string | null | undefined;
  /** X-Forwarded-Proto */
  proto: string | string[] | null | undefined;
}

/** Classifies the origin of a request or handshake. `own` has the scheme, host and port that the request was sent to. */
export function classifyOrigin({ origin, host, proto }: OriginHeaders): OriginKind {
  if (!origin) return 'none';
  const parsed = parseOrigin(origin);
  if (!parsed) return 'foreign';
  const own = env().PUBLIC_URL || `${schemeOf(proto)}://${host}`;
  if (parseOrigin(own)?.origin === parsed.origin) return 'own';
  return env().ALLOWED_ORIGINS.includes(parsed.origin) ? 'allowed' : 'foreign';
}

/**
 * Rejects unsafe methods from foreign pages, with or without a cookie, because signing in is a change too.
 * @throws FORBIDDEN when a foreign page sent an unsafe method
 */
export function rejectForeign(request: Request): OriginKind {
  const kind = originOf(request);
  if (kind === 'foreign' && isUnsafe(request)) throw forbidden('Requests from other sites are not accepted here.');
  return kind;
}

/** The origin of a request. Browsers that omit Origin still send Sec-Fetch-Site. */
export function originOf({ headers }: Request): OriginKind {
  const kind = classifyOrigin({
    origin: headers.get('origin'),
    host: headers.get('host'),
    proto: headers.get('x-forwarded-proto'),
  });
  const site = headers.get('sec-fetch-site');
  return kind === 'none' && (site === 'cross-site' || site === 'same-site') ? 'foreign' : kind;
}

/** The base address for links: PUBLIC_URL, else the address that this request was sent to. */
export function ownAddress(request: Request): string {
  const host = request.headers.get('host') ?? '';
  return env().PUBLIC_URL || (/^[\w.:[\]-]+$/.test(host) ? `http://${host}` : publicUrl());
}

/** CORS headers for an allowed page. Without credentials, because such a client sends a bearer token. */
export function corsHeaders(origin: string): Record<string, string> {
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After', Vary: 'Origin' };
}

/** Parley itself serves http. Only the outermost trusted proxy knows whether the client used https. */
function schemeOf(proto: OriginHeaders['proto']): 'http' | 'https' {
  const { TRUST_PROXY } = env();
  const protocols = [proto ?? []].flat().join(',').split(',');
  return TRUST_PROXY > 0 && (protocols.at(-TRUST_PROXY) ?? protocols[0])?.trim().toLowerCase() === 'https' ? 'https' : 'http';
}

const isUnsafe = (request: Request) => !['GET', 'HEAD', 'OPTIONS'].includes(request.method);

function parseOrigin(origin: string): URL | null {
  try {
    const url = new URL(origin);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
