import type { Message } from '@/lib/domain/messages/schema';

/** The parts from other tables (parts.ts) of a message that has none: a new one without files, or one before its ack. */
export const emptyParts = {
  mentions: [],
  attachments: [],
  replyTo: null,
  reactions: [],
  pinnedAt: null,
  pinnedBy: null,
} satisfies Partial<Message>;
export type EmptyParts = typeof emptyParts;
