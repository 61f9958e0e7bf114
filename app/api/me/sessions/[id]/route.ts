import { revokeSession } from '@/lib/domain/sessions/session';
import { id, noContent, route } from '@/lib/doors/rest/route';

export const DELETE = route(async ({ userId, params }) => {
  await revokeSession(userId, id(params.id));
  return noContent();
});
