import { isDatabaseUp } from '@/lib/boot/health';
import { unavailable } from '@/lib/errors/error';
import { publicRoute } from '@/lib/rest/route';

/** It can serve people: PostgreSQL answers. Nothing else is needed for that. */
export const GET = publicRoute(async () => {
  if (!(await isDatabaseUp())) throw unavailable('The database does not answer.');
  return Response.json({ status: 'ready' }, { headers: { 'Cache-Control': 'no-store' } });
});
