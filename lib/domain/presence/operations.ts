import { nothing, nothingSchema, operation } from '@/lib/domain/operation';
import { updateStatus } from '@/lib/domain/presence/presence';
import { subscribeSchema, updateStatusSchema } from '@/lib/domain/presence/schema';
import { meAnswerSchema, usersAnswerSchema } from '@/lib/domain/users/schema';
import { getMe, listUsersById } from '@/lib/domain/users/user';

/** The socket also joins or leaves the rooms of these people (lib/doors/sockets/handlers/presence.ts). */
export const presenceOperations = {
  'presence.status.update': operation({
    input: updateStatusSchema,
    answer: meAnswerSchema,
    scope: 'profile:write',
    socketOnly: 'It shows while a connection is open. The text beside it is part of the profile, which REST changes.',
    run: async ({ userId }, input) => {
      await updateStatus(userId, input);
      return { user: await getMe(userId) };
    },
  }),
  'presence.subscribe': operation({
    input: subscribeSchema,
    answer: usersAnswerSchema,
    scope: 'users:read',
    lane: 'rooms',
    socketOnly: 'It is about what this socket is sent.',
    run: async (_caller, { userIds }) => ({ users: await listUsersById(userIds) }),
  }),
  'presence.unsubscribe': operation({
    input: subscribeSchema,
    answer: nothingSchema,
    scope: 'users:read',
    lane: 'rooms',
    socketOnly: 'It is about what this socket is sent.',
    run: async () => nothing,
  }),
};
