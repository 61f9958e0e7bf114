import { z } from 'zod';
import { conversationEvents } from '@/lib/domain/conversations/events';
import {
  addedAnswerSchema,
  changesPageSchema,
  conversationAnswerSchema,
  headsAnswerSchema,
  joinedAnswerSchema,
  memberAnswerSchema,
} from '@/lib/domain/conversations/schema';
import type { AudienceName, audiences, EventEntry } from '@/lib/domain/event-entry';
import { messageEvents } from '@/lib/domain/messages/events';
import { messageAnswerSchema, messagePageSchema, sendAckSchema } from '@/lib/domain/messages/schema';
import { participantEvents } from '@/lib/domain/participants/events';
import { participantAnswerSchema, participantPageSchema } from '@/lib/domain/participants/schema';
import { presenceEvents } from '@/lib/domain/presence/events';
import { reactionEvents } from '@/lib/domain/reactions/events';
import { receiptEvents } from '@/lib/domain/receipts/events';
import { readStateSchema } from '@/lib/domain/receipts/schema';
import { sessionEvents } from '@/lib/domain/sessions/events';
import { typingEvents } from '@/lib/domain/typing/events';
import { userEvents } from '@/lib/domain/users/events';
import { meAnswerSchema, usersAnswerSchema } from '@/lib/domain/users/schema';
import type { WireError } from '@/lib/platform/errors/schema';

declare module '@/lib/platform/realtime/event-types' {
  interface Register {
    clientRequests: import('@/lib/domain/contract').ClientRequests;
    serverPayloads: import('@/lib/domain/contract').ServerPayloads;
    socketData: import('@/lib/domain/contract').SocketData;
  }
}

/**
 * The contract between server and clients. Browsers import its types only (tests/unit/browser-imports). The server does not parse
 * what it sends; tests parse every event and answer that they receive.
 */

const nothing = z.strictObject({});

/** The ack of each request when it succeeds. */
export const requestAnswers = {
  'conversation.join': joinedAnswerSchema,
  'conversation.leave': nothing,
  joinConversation: joinedAnswerSchema,
  leaveConversation: nothing,
  'conversation.heads': headsAnswerSchema,
  'conversation.create': conversationAnswerSchema,
  'conversation.update': conversationAnswerSchema,
  'conversation.delete': nothing,
  'participant.list': participantPageSchema,
  'participant.add': addedAnswerSchema,
  'participant.update': participantAnswerSchema,
  'participant.remove': nothing,
  'participant.join': memberAnswerSchema,
  'message.send': sendAckSchema,
  'message.edit': messageAnswerSchema,
  'message.delete': messageAnswerSchema,
  'message.history': messagePageSchema,
  'message.changes': changesPageSchema,
  'message.delivered': readStateSchema,
  'message.read': readStateSchema,
  'message.unread': readStateSchema,
  'reaction.add': messageAnswerSchema,
  'reaction.remove': messageAnswerSchema,
  'typing.start': nothing,
  'typing.stop': nothing,
  'presence.status.update': meAnswerSchema,
  'presence.subscribe': usersAnswerSchema,
  'presence.unsubscribe': nothing,
} satisfies Record<string, z.ZodType>;

export type DataOf<Name extends keyof typeof requestAnswers> = z.infer<(typeof requestAnswers)[Name]>;
export type Answer<Data> = { ok: true; data: Data } | { ok: false; error: WireError };
export type Ack<Data> = (answer: Answer<Data>) => void;

/** The requests in Socket.IO's types. */
export type ClientRequests = {
  [Name in keyof typeof requestAnswers]: (input: unknown, ack?: Ack<DataOf<Name>>) => void;
};

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
