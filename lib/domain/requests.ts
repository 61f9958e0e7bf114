import type { z } from 'zod';
import type { Ack } from '@/lib/domain/contract';
import type { SendAck } from '@/lib/domain/messages/schema';
import type { operations } from '@/lib/domain/operations';

declare module '@/lib/platform/realtime/event-types' {
  interface Register {
    clientRequests: import('@/lib/domain/requests').ClientRequests;
  }
}

/**
 * What clients request by socket, as types alone: browsers import this file, and the entries in `operations.ts` that it follows from
 * import the whole domain.
 */
type Entries = typeof operations;
export type SocketOperationName = {
  [Name in keyof Entries]: Entries[Name] extends { restOnly: string } ? never : Name;
}[keyof Entries];

/** Names that older clients use. */
interface OlderNames {
  joinConversation: 'conversation.join';
  leaveConversation: 'conversation.leave';
}

/** Acks that differ from the answer that REST gives. */
interface OtherAcks {
  'message.send': SendAck;
}

type Acks = {
  [Name in SocketOperationName]: Name extends keyof OtherAcks ? OtherAcks[Name] : z.infer<Entries[Name]['answer']>;
};
type OlderAcks = { [Name in keyof OlderNames]: Acks[OlderNames[Name]] };

/** What the ack of each request carries when all went well. */
type AckData = Acks & OlderAcks;
export type RequestName = keyof AckData;
export type DataOf<Name extends RequestName> = AckData[Name];

/** As Socket.IO types them. */
export type ClientRequests = { [Name in RequestName]: (input: unknown, ack?: Ack<DataOf<Name>>) => void };
