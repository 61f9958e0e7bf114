import { type EventsWith, eventsWhere, type ServerPayloads } from '@/lib/domain/contract';
import { audienceMoved } from '@/lib/domain/conversations/audience';
import { cancelRemovalNotice } from '@/lib/domain/conversations/removal-notices';
import { recordDelivered } from '@/lib/domain/messages/delivered-revs';
import { receivePresence } from '@/lib/domain/presence/presence';
import { conversationOf, sessionOf } from '@/lib/domain/rooms';
import { rememberRevoked } from '@/lib/domain/sessions/cache';
import { receiveTyping } from '@/lib/domain/typing/typing';
import { log } from '@/lib/platform/log/log';
import type { InboundEvents } from '@/lib/platform/realtime/adapter';

type Handlers = {
  [Name in EventsWith<{ inbound: true }>]: (payload: ServerPayloads[Name], rooms: string[]) => void;
};

/** Updates this node's memory from other nodes' events: one handler for each event whose entry has `inbound`. */
const handlers: Handlers = {
  // Sent to all sockets of a session it means revoked, so the cached session is invalid, also for REST.
  'token.expired': (_payload, rooms) => {
    for (const sessionId of rooms.flatMap((room) => sessionOf(room) ?? [])) rememberRevoked(sessionId);
  },
  'conversation.removed': ({ conversationId }, rooms) => cancelRemovalNotice(conversationId, rooms),
  'typing.user': receiveTyping,
  'presence.changed': receivePresence,
};

const byName = new Map<string, (payload: never, rooms: string[]) => void>(Object.entries(handlers));

export const inboundEvents: InboundEvents = {
  event: (name, payload, rooms) => {
    recordDelivered(name, payload);
    byName.get(name)?.(payload as never, rooms);
  },
  moved: (rooms) => {
    for (const room of rooms) {
      const conversationId = conversationOf(room);
      if (conversationId) audienceMoved(conversationId);
    }
  },
  lost: () => log().warn('Events of another node were lost; the database has what they said.'),
};

export const transientEvents: ReadonlySet<string> = new Set(eventsWhere(({ transient }) => transient === true));
