import { route } from '@/lib/rest/route';
import { listUsersSchema } from '@/lib/users/schema';
import { listUsers } from '@/lib/users/user';

export const GET = route(async ({ userId, query }) => listUsers(userId, query(listUsersSchema)));
