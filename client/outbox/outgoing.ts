import type { Attachment } from '@/lib/domain/attachments/schema';
import type { Quote, SendAck } from '@/lib/domain/messages/schema';

/** A message on its way out. It keeps its id through every retry, which is what makes it one message. */
export interface Outgoing {
  clientMessageId: string;
  /** who wrote it: a browser may be shared */
  senderId: string;
  conversationId: string;
  content: string;
  replyTo: Quote | null;
  attachments: Attachment[];
  /** by this device's clock */
  createdAt: string;
  /** the order in which they were written, in whatever tab */
  position: number;
  state: 'sending' | 'sent' | 'failed';
  /** why it failed, in a person's words */
  problem?: string;
  ack?: SendAck;
}

/** What is to be sent. */
export type Draft = Pick<Outgoing, 'conversationId' | 'content' | 'replyTo' | 'attachments'>;
