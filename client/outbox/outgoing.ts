import type { Attachment } from '@/lib/domain/attachments/schema';
import type { Quote, SendAck } from '@/lib/domain/messages/schema';
import type { WireError } from '@/lib/platform/errors/schema';

/** A message in the outbox. Its id stays the same in every retry, so the server stores it once. */
export interface Outgoing {
  clientMessageId: string;
  /** the author, because several people may use one browser */
  senderId: string;
  conversationId: string;
  content: string;
  replyTo: Quote | null;
  attachments: Attachment[];
  /** by this device's clock */
  createdAt: string;
  /** order of writing across all tabs */
  position: number;
  state: 'sending' | 'sent' | 'failed';
  problem?: OutgoingProblem;
  ack?: SendAck;
}

/** The reason of the failure: too old to be sent without confirmation, the conversation is gone, or refused. */
export type OutgoingProblem = 'expired' | 'gone' | Pick<WireError, 'code' | 'reason' | 'fieldReasons'>;

/** The content of a new message. */
export type Draft = Pick<Outgoing, 'conversationId' | 'content' | 'replyTo' | 'attachments'>;
