import { getUser } from '@/lib/domain/users/user';
import { id, route } from '@/lib/doors/rest/route';

export const GET = route(async ({ userId, params }) => ({ user: await getUser(userId, id(params.id)) }));
