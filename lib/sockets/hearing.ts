import { hearPresence } from '@/lib/presence/presence';
import { log } from '@/lib/process/log';
import type { Hearing } from '@/lib/realtime/adapter';
import { audienceMoved } from '@/lib/realtime/audience';
import type { ServerPayloads } from '@/lib/realtime/events';
import { removalTold } from '@/lib/realtime/removals';
import { conversationOf, sessionOf } from '@/lib/realtime/rooms';
import { noteTold } from '@/lib/realtime/told';
import { rememberRevoked } from '@/lib/sessions/cache';
import { hearTyping } from '@/lib/typing/typing';

/** What this node makes of what others tell their sockets. */
export const hearing: Hearing = {
  event: (name, payload, rooms) => {
    noteTold(name, payload);
    if (name === 'token.expired') forgetSessions(rooms);
    if (name === 'conversation.removed') removalTold((payload as ServerPayloads['conversation.removed']).conversationId, rooms);
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

/** Said to all of a session, it was revoked: what this node has read of it a moment ago holds no more, for REST neither. */
function forgetSessions(rooms: string[]): void {
  for (const sessionId of rooms.flatMap((room) => sessionOf(room) ?? [])) rememberRevoked(sessionId);
}
