import type { ServerPayloads } from '@/lib/domain/contract';
import { audienceMoved } from '@/lib/domain/conversations/audience';
import { removalAnnounced } from '@/lib/domain/conversations/removals';
import { recordDelivered } from '@/lib/domain/messages/delivered-revs';
import { receivePresence } from '@/lib/domain/presence/presence';
import { conversationOf, sessionOf } from '@/lib/domain/rooms';
import { rememberRevoked } from '@/lib/domain/sessions/cache';
import { receiveTyping } from '@/lib/domain/typing/typing';
import { log } from '@/lib/platform/log/log';
import type { InboundEvents } from '@/lib/platform/realtime/adapter';

/** What this node makes of what others tell their sockets. */
export const inboundEvents: InboundEvents = {
  event: (name, payload, rooms) => {
    recordDelivered(name, payload);
    if (name === 'token.expired') forgetSessions(rooms);
    if (name === 'conversation.removed')
      removalAnnounced((payload as ServerPayloads['conversation.removed']).conversationId, rooms);
    if (name === 'typing.user') receiveTyping(payload as ServerPayloads['typing.user']);
    if (name === 'presence.changed') receivePresence(payload as ServerPayloads['presence.changed']);
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

/** Moments: whoever did not see one in time has no use for it later. */
export const transientEvents: ReadonlySet<string> = new Set<keyof ServerPayloads>(['typing.user', 'presence.changed']);
