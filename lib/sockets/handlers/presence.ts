import { listPresent, updateStatus } from '@/lib/presence/presence';
import { subscribeSchema, updateStatusSchema } from '@/lib/presence/schema';
import { presenceRoom, shared } from '@/lib/realtime/rooms';
import { event, nothing } from '@/lib/sockets/event';
import { getMe } from '@/lib/users/user';

export const presenceEvents = {
  'presence.status.update': event(updateStatusSchema, async ({ userId }, input) => {
    await updateStatus(userId, input);
    return { user: await getMe(userId) };
  }),
  'presence.subscribe': event(
    subscribeSchema,
    async ({ socket }, { userIds }) => {
      // Joined before asked: what changes in between arrives as an event. Who does not exist has no room to fill.
      for (const userId of userIds) socket.join(shared(presenceRoom(userId)));
      const users = await listPresent(userIds);
      const known = new Set(users.map((user) => user.id));
      for (const userId of userIds) if (!known.has(userId)) socket.leave(presenceRoom(userId));
      return { users };
    },
    { lane: 'rooms' },
  ),
  'presence.unsubscribe': event(
    subscribeSchema,
    async ({ socket }, { userIds }) => {
      for (const userId of userIds) socket.leave(presenceRoom(userId));
      return nothing;
    },
    { lane: 'rooms' },
  ),
};
