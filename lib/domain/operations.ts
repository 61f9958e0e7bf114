import { conversationOperations } from '@/lib/domain/conversations/operations';

/** Everything that clients can do, by name. Both doors read their terms, and what they do, here. */
export const operations = {
  ...conversationOperations,
};

export type OperationName = keyof typeof operations;
