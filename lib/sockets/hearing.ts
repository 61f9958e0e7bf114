import { hearPresence } from '@/lib/presence/presence';
import { log } from '@/lib/process/log';
import type { Hearing } from '@/lib/realtime/adapter';
import { audienceMoved } from '@/lib/realtime/audience';
import type { ServerPayloads } from '@/lib/realtime/events';
import { conversationOf } from '@/lib/realtime/rooms';
import { noteTold } from '@/lib/realtime/told';
import { hearTyping } from '@/lib/typing/typing';

/** What this node makes of what others tell their sockets. */
export const hearing: Hearing = {
  event: (name, payload) => {
    noteTold(name, payload);
    if (name === 'typing.user') hearTyping(payload as ServerPayloads['typing.user']);
    if (name === 'presence.changed') hearPresence(payload as ServerPayloads['presence.changed']);
  },
  moved: (rooms) => {
    for (const room of rooms) {
      const conversationId = conversationOf(room);
      if (conversationId) audienceMoved(conversationId);
    }
  },
  lost: () => log().warn('Words of another node got lost; the database has what they said.'),
};
