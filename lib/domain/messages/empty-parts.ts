import type { Message } from '@/lib/domain/messages/schema';

/** The parts that other tables hold (parts.ts), on a message that has none of them: a new one without files, or one before its ack. */
export const emptyParts = {
  mentions: [],
  attachments: [],
  replyTo: null,
  reactions: [],
} satisfies Partial<Message>;
export type EmptyParts = typeof emptyParts;
