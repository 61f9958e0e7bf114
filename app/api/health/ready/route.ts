import { isDatabaseUp, isDegraded } from '@/lib/boot/health';
import { unavailable } from '@/lib/errors/error';
import { isDraining } from '@/lib/process/draining';
import { publicRoute } from '@/lib/rest/route';

/**
 * It can serve people: it is not about to stop, and PostgreSQL answers. Nothing else is needed for that; without its Redis or replica a
 * node is degraded, and says so.
 */
export const GET = publicRoute(async () => {
  if (isDraining()) throw unavailable('This node is about to stop.');
  if (!(await isDatabaseUp())) throw unavailable('The database does not answer.');
  const degraded = isDegraded();
  return Response.json(
    { status: 'ready', ...(degraded !== undefined && { degraded }) },
    { headers: { 'Cache-Control': 'no-store' } },
  );
});
