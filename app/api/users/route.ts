import { listUsersSchema } from '@/lib/domain/users/schema';
import { listUsers } from '@/lib/domain/users/user';
import { route } from '@/lib/doors/rest/route';

export const GET = route(async ({ userId, query }) => listUsers(userId, query(listUsersSchema)));
