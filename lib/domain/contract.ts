import { z } from 'zod';
import {
  addedAnswerSchema,
  type Conversation,
  changesPageSchema,
  conversationAnswerSchema,
  headsAnswerSchema,
  joinedAnswerSchema,
  memberAnswerSchema,
} from '@/lib/domain/conversations/schema';
import { type Message, messageAnswerSchema, messagePageSchema, sendAckSchema } from '@/lib/domain/messages/schema';
import { type Participant, participantAnswerSchema, participantPageSchema } from '@/lib/domain/participants/schema';
import type { PresenceChange } from '@/lib/domain/presence/schema';
import { type Receipt, readStateSchema } from '@/lib/domain/receipts/schema';
import { meAnswerSchema, usersAnswerSchema } from '@/lib/domain/users/schema';
import type { WireError } from '@/lib/platform/errors/schema';

declare module '@/lib/platform/realtime/register' {
  interface Register {
    clientEvents: import('@/lib/domain/contract').ClientEvents;
    serverPayloads: import('@/lib/domain/contract').ServerPayloads;
    socketData: import('@/lib/domain/contract').SocketData;
  }
}

/**
 * The contract of the wire, imported by both sides; by browsers as types alone (tests/unit/browser-imports). Nothing is parsed on its
 * way out: tests parse whatever they are sent.
 */

const nothing = z.strictObject({});

/** What the ack of each client event carries when all went well. */
export const clientAnswers = {
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

export type DataOf<Name extends keyof typeof clientAnswers> = z.infer<(typeof clientAnswers)[Name]>;
export type Answer<Data> = { ok: true; data: Data } | { ok: false; error: WireError };
export type Ack<Data> = (answer: Answer<Data>) => void;

/** As Socket.IO types them. */
export type ClientEvents = {
  [Name in keyof typeof clientAnswers]: (input: unknown, ack?: Ack<DataOf<Name>>) => void;
};

/** Payloads of what the server sends. */
export interface ServerPayloads {
  'connection.authenticated': { userId: string; sessionId: string; serverTime: string };
  'message.received': { conversationId: string; messages: Message[] };
  'message.edited': { message: Message };
  'message.deleted': { message: Message };
  'reaction.updated': { message: Message; change: { userId: string; emoji: string; added: boolean } };
  'message.delivered': { conversationId: string; receipts: Receipt[] };
  'message.read': { conversationId: string; receipts: Receipt[] };
  'read.updated': { conversationId: string; lastReadSeq: number; unreadCount: number; mentionCount: number };
  'draft.updated': { conversationId: string; draft: string };
  'typing.user': { conversationId: string; userId: string; name: string; isTyping: boolean };
  'presence.changed': PresenceChange;
  'conversation.created': { conversation: Conversation };
  'conversation.updated': { conversation: Conversation };
  'conversation.removed': { conversationId: string; reason: 'left' | 'removed' | 'deleted' };
  'participant.joined': { conversationId: string; participant: Participant };
  'participant.left': { conversationId: string; participant: Participant };
  'participant.updated': { conversationId: string; participant: Participant };
  'token.expired': { reason: 'expired' | 'revoked' };
}

/** What a socket remembers of its person. Small: every idle connection pays for it. */
export interface SocketData {
  userId: string;
  sessionId: string;
  /** ms since 1970; only of sockets that came with a bearer token */
  expiresAt?: number;
}

export type ServerEvents = { [Name in keyof ServerPayloads]: (payload: ServerPayloads[Name]) => void };
