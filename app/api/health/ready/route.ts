import { isDatabaseUp, isDegraded } from '@/boot/health';
import { publicRoute } from '@/lib/doors/rest/route';
import { unavailable } from '@/lib/platform/errors/error';
import { isDraining } from '@/lib/platform/process/draining';

/**
 * Readiness: the node is not draining, and PostgreSQL answers. Without Redis or the replica a node still serves; the answer says that it
 * is degraded.
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
