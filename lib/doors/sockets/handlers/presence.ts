import { operations } from '@/lib/domain/operations';
import { presenceRoom } from '@/lib/domain/rooms';
import { request } from '@/lib/doors/sockets/request';
import { internRoomName } from '@/lib/platform/realtime/room-names';

export const presenceRequests = {
  'presence.subscribe': request(operations['presence.subscribe'], async ({ socket }, { userIds }, run) => {
    // Joins before it reads, so that a change in between arrives as an event. Leaves the rooms of people who do not exist.
    for (const userId of userIds) socket.join(internRoomName(presenceRoom(userId)));
    const answer = await run();
    const known = new Set(answer.users.map((user) => user.id));
    for (const userId of userIds) if (!known.has(userId)) socket.leave(presenceRoom(userId));
    return answer;
  }),
  'presence.unsubscribe': request(operations['presence.unsubscribe'], ({ socket }, { userIds }, run) => {
    for (const userId of userIds) socket.leave(presenceRoom(userId));
    return run();
  }),
};
