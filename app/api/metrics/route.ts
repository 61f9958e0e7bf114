import { createHash, timingSafeEqual } from 'node:crypto';
import { metricsText } from '@/boot/metrics';
import { publicRoute } from '@/lib/doors/rest/route';
import { env } from '@/lib/platform/env/env';
import { notFound } from '@/lib/platform/errors/error';
import { isFromThisMachine } from '@/lib/platform/http/address';

/** For scrapers on this machine or with METRICS_TOKEN. All others get NOT_FOUND. */
export const GET = publicRoute(async ({ request }) => {
  if (!isFromThisMachine(request.headers) && !hasToken(request.headers.get('authorization'))) throw notFound();
  const { body, contentType } = await metricsText();
  return new Response(body, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
});

function hasToken(authorization: string | null): boolean {
  const token = env().METRICS_TOKEN;
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return token !== '' && timingSafeEqual(digest(`Bearer ${token}`), digest(authorization ?? ''));
}
