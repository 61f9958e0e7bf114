import { id, route } from '@/lib/rest/route';
import { getUser } from '@/lib/users/user';

export const GET = route(async ({ userId, params }) => ({ user: await getUser(userId, id(params.id)) }));
