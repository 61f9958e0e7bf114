import type { z } from 'zod';
import { conversationEvents } from '@/lib/domain/conversations/events';
import type { AudienceName, audiences, EventEntry } from '@/lib/domain/event-entry';
import { messageEvents } from '@/lib/domain/messages/events';
import { participantEvents } from '@/lib/domain/participants/events';
import { presenceEvents } from '@/lib/domain/presence/events';
import { reactionEvents } from '@/lib/domain/reactions/events';
import { receiptEvents } from '@/lib/domain/receipts/events';
import { sessionEvents } from '@/lib/domain/sessions/events';
import { typingEvents } from '@/lib/domain/typing/events';
import { userEvents } from '@/lib/domain/users/events';
import type { WireError } from '@/lib/platform/errors/schema';

declare module '@/lib/platform/realtime/event-types' {
  interface Register {
    serverPayloads: import('@/lib/domain/contract').ServerPayloads;
    socketData: import('@/lib/domain/contract').SocketData;
  }
}

/**
 * What the server sends. Browsers import its types only (tests/unit/browser-imports). The server does not parse what it sends; tests
 * parse every event and answer that they receive. What clients can do is in operations.ts and, as types, in requests.ts.
 */

export type Answer<Data> = { ok: true; data: Data } | { ok: false; error: WireError };
export type Ack<Data> = (answer: Answer<Data>) => void;

/** The entry of every event that the server sends: its schema, its audience, and how nodes treat it. */
export const serverEvents = {
  ...sessionEvents,
  ...messageEvents,
  ...reactionEvents,
  ...receiptEvents,
  ...typingEvents,
  ...presenceEvents,
  ...userEvents,
  ...conversationEvents,
  ...participantEvents,
};

type Entries = typeof serverEvents;
export type ServerEventName = keyof Entries;
export type ServerPayloads = { [Name in ServerEventName]: z.infer<Entries[Name]['schema']> };

/** The names of the events whose entries match a type. */
export type EventsWith<Part> = { [Name in ServerEventName]: Entries[Name] extends Part ? Name : never }[ServerEventName];

/** Events that are sent to rooms. */
export type BroadcastName = EventsWith<{ to: AudienceName }>;
export type Target<Name extends BroadcastName> = Parameters<(typeof audiences)[Entries[Name]['to']]>[0];

/** The names of the events whose entries pass a test. */
export const eventsWhere = (test: (entry: EventEntry) => boolean): ServerEventName[] =>
  (Object.keys(serverEvents) as ServerEventName[]).filter((name) => test(serverEvents[name]));

/** The data of a socket. It is kept small because every idle connection holds it. */
export interface SocketData {
  userId: string;
  sessionId: string;
  /** ms since 1970; only for sockets with a bearer token */
  expiresAt?: number;
}

export type ServerEvents = { [Name in keyof ServerPayloads]: (payload: ServerPayloads[Name]) => void };
