import { id, noContent, route } from '@/lib/rest/route';
import { revokeSession } from '@/lib/sessions/session';

export const DELETE = route(async ({ userId, params }) => {
  await revokeSession(userId, id(params.id));
  return noContent();
});
