import { isDatabaseUp, isDegraded } from '@/boot/health';
import { publicRoute } from '@/lib/doors/rest/route';
import { unavailable } from '@/lib/platform/errors/error';
import { isDraining } from '@/lib/platform/process/draining';

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
