import type { Conversation, ConversationHead } from '@/lib/domain/conversations/schema';
import type { ChangesPage, Message, MessagePage, SendAck } from '@/lib/domain/messages/schema';
import type { Participant, ParticipantPage } from '@/lib/domain/participants/schema';
import type { PresenceChange } from '@/lib/domain/presence/schema';
import type { ReadState, Receipt } from '@/lib/domain/receipts/schema';
import type { Typist } from '@/lib/domain/typing/schema';
import type { Me, User } from '@/lib/domain/users/schema';
import type { WireError } from '@/lib/platform/errors/schema';

declare module '@/lib/platform/realtime/register' {
  interface Register {
    clientEvents: import('@/lib/domain/contract').ClientEvents;
    serverPayloads: import('@/lib/domain/contract').ServerPayloads;
    socketData: import('@/lib/domain/contract').SocketData;
  }
}

/** The contract of the wire: every event, typed once, imported by both sides. */

export type Answer<Data> = { ok: true; data: Data } | { ok: false; error: WireError };
export type Ack<Data> = (answer: Answer<Data>) => void;
type Asks<Data> = (input: unknown, ack?: Ack<Data>) => void;
type Nothing = Record<string, never>;

export interface ClientEvents {
  'conversation.join': Asks<{ conversation: Conversation; typing: Typist[] }>;
  'conversation.leave': Asks<Nothing>;
  joinConversation: Asks<{ conversation: Conversation; typing: Typist[] }>;
  leaveConversation: Asks<Nothing>;
  'conversation.heads': Asks<{ heads: ConversationHead[] }>;
  'conversation.create': Asks<{ conversation: Conversation }>;
  'conversation.update': Asks<{ conversation: Conversation }>;
  'conversation.delete': Asks<Nothing>;
  'participant.list': Asks<ParticipantPage>;
  'participant.add': Asks<{ conversation: Conversation; participants: Participant[] }>;
  'participant.update': Asks<{ participant: Participant }>;
  'participant.remove': Asks<Nothing>;
  'participant.join': Asks<{ conversation: Conversation; participant: Participant }>;
  'message.send': Asks<SendAck>;
  'message.edit': Asks<{ message: Message }>;
  'message.delete': Asks<{ message: Message }>;
  'message.history': Asks<MessagePage>;
  'message.changes': Asks<ChangesPage>;
  'message.delivered': Asks<ReadState>;
  'message.read': Asks<ReadState>;
  'message.unread': Asks<ReadState>;
  'reaction.add': Asks<{ message: Message }>;
  'reaction.remove': Asks<{ message: Message }>;
  'typing.start': Asks<Nothing>;
  'typing.stop': Asks<Nothing>;
  'presence.status.update': Asks<{ user: Me }>;
  'presence.subscribe': Asks<{ users: User[] }>;
  'presence.unsubscribe': Asks<Nothing>;
}

/** What a client event's ack carries when all went well. */
export type DataOf<Name extends keyof ClientEvents> = ClientEvents[Name] extends Asks<infer Data> ? Data : never;

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
