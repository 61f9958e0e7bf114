import { env, publicUrl } from '@/lib/env/env';
import { forbidden } from '@/lib/errors/error';

/** `none`: no browser page sent it. `allowed`: another page's bearer client, whose cookies do not count. */
export type OriginKind = 'none' | 'own' | 'allowed' | 'foreign';

/** Whose page a request or handshake comes from, by its Origin and Host headers. */
export function judgeOrigin(origin: string | null | undefined, host: string | null | undefined): OriginKind {
  if (!origin) return 'none';
  const parsed = parseOrigin(origin);
  if (!parsed) return 'foreign';
  const { PUBLIC_URL, ALLOWED_ORIGINS } = env();
  const own = PUBLIC_URL ? new URL(PUBLIC_URL).origin === parsed.origin : parsed.host === host?.toLowerCase();
  if (own) return 'own';
  return ALLOWED_ORIGINS.includes(parsed.origin) ? 'allowed' : 'foreign';
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
export function originOf(request: Request): OriginKind {
  const kind = judgeOrigin(request.headers.get('origin'), request.headers.get('host'));
  const site = request.headers.get('sec-fetch-site');
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

const changes = (request: Request) => !['GET', 'HEAD', 'OPTIONS'].includes(request.method);

function parseOrigin(origin: string): URL | null {
  try {
    const url = new URL(origin);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
