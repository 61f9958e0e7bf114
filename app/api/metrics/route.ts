import { createHash, timingSafeEqual } from 'node:crypto';
import { metricsText } from '@/lib/boot/metrics';
import { env } from '@/lib/env/env';
import { notFound } from '@/lib/errors/error';
import { isFromThisMachine } from '@/lib/rest/address';
import { publicRoute } from '@/lib/rest/route';

/** For a scraper on this machine, or one that carries METRICS_TOKEN; to everybody else it is not there. */
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
