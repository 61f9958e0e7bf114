import { profileSchema } from '@/lib/domain/users/schema';
import { getMe, updateProfile } from '@/lib/domain/users/user';
import { route } from '@/lib/doors/rest/route';

export const GET = route(async ({ userId }) => ({ user: await getMe(userId) }));

export const PATCH = route(async ({ userId, body }) => ({ user: await updateProfile(userId, await body(profileSchema)) }));
