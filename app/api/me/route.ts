import { route } from '@/lib/rest/route';
import { profileSchema } from '@/lib/users/schema';
import { getMe, updateProfile } from '@/lib/users/user';

export const GET = route(async ({ userId }) => ({ user: await getMe(userId) }));

export const PATCH = route(async ({ userId, body }) => ({ user: await updateProfile(userId, await body(profileSchema)) }));
