import { operation } from '@/lib/domain/operation';
import {
  byUserSchema,
  listUsersSchema,
  meAnswerSchema,
  profileSchema,
  userAnswerSchema,
  userPageSchema,
} from '@/lib/domain/users/schema';
import { getMe, getUser, listUsers, updateProfile } from '@/lib/domain/users/user';
import { emptySchema } from '@/lib/platform/validation/schema';

export const userOperations = {
  'profile.get': operation({
    input: emptySchema,
    answer: meAnswerSchema,
    scope: 'profile:read',
    restOnly: 'A page requests it before it has a socket.',
    run: async ({ userId }) => ({ user: await getMe(userId) }),
  }),
  'profile.update': operation({
    input: profileSchema,
    answer: meAnswerSchema,
    scope: 'profile:write',
    restOnly: 'A form sends it, once. The status, which changes often, has a request by socket.',
    run: async ({ userId }, input) => ({ user: await updateProfile(userId, input) }),
  }),
  'user.list': operation({
    input: listUsersSchema,
    answer: userPageSchema,
    scope: 'users:read',
    restOnly: 'Nothing that a socket is sent depends on it.',
    run: ({ userId }, query) => listUsers(userId, query),
  }),
  'user.get': operation({
    input: byUserSchema,
    answer: userAnswerSchema,
    scope: 'users:read',
    restOnly: 'A socket gets people with presence.subscribe.',
    run: async (caller, { userId }) => ({ user: await getUser(caller.userId, userId) }),
  }),
};
