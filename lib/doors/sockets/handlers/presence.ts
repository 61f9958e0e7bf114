import { nothing } from '@/lib/domain/operation';
import { updateStatus } from '@/lib/domain/presence/presence';
import { subscribeSchema, updateStatusSchema } from '@/lib/domain/presence/schema';
import { presenceRoom } from '@/lib/domain/rooms';
import { getMe, listUsersById } from '@/lib/domain/users/user';
import { inline } from '@/lib/doors/sockets/request';
import { internRoomName } from '@/lib/platform/realtime/room-names';

export const presenceRequests = {
  'presence.status.update': inline(updateStatusSchema, async ({ userId }, input) => {
    await updateStatus(userId, input);
    return { user: await getMe(userId) };
  }),
  'presence.subscribe': inline(
    subscribeSchema,
    async ({ socket }, { userIds }) => {
      // Joined before asked: what changes in between arrives as an event. Who does not exist has no room to fill.
      for (const userId of userIds) socket.join(internRoomName(presenceRoom(userId)));
      const users = await listUsersById(userIds);
      const known = new Set(users.map((user) => user.id));
      for (const userId of userIds) if (!known.has(userId)) socket.leave(presenceRoom(userId));
      return { users };
    },
    { lane: 'rooms' },
  ),
  'presence.unsubscribe': inline(
    subscribeSchema,
    async ({ socket }, { userIds }) => {
      for (const userId of userIds) socket.leave(presenceRoom(userId));
      return nothing;
    },
    { lane: 'rooms' },
  ),
};
