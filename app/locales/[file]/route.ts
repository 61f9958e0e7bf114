import { createHash } from 'node:crypto';
import { loadCatalogue } from '@/app/catalogues';
import { isLocale } from '@/lib/platform/intl/schema';

/** One language's catalogue, for a page that changes its language without a reload. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const locale = /^(.+)\.json$/.exec((await params).file)?.[1];
  if (!isLocale(locale)) return new Response(null, { status: 404 });
  const text = JSON.stringify(await loadCatalogue(locale));
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`;
  const headers = { etag, 'cache-control': 'public, no-cache' };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, 'content-type': 'application/json' } });
}
