import { byConversationSchema } from '@/lib/domain/conversations/schema';
import { operation } from '@/lib/domain/operation';
import {
  filesAnswerSchema,
  filesSchema,
  goAnswerSchema,
  goSchema,
  linksAnswerSchema,
  linksSchema,
  searchAnswerSchema,
  searchSchema,
} from '@/lib/domain/search/schema';
import { go, listFiles, listLinks, search } from '@/lib/domain/search/search';

export const searchOperations = {
  search: operation({
    input: searchSchema,
    answer: searchAnswerSchema,
    limit: 'search',
    scope: 'messages:read',
    run: ({ userId }, input) => search(userId, input),
  }),
  go: operation({
    input: goSchema,
    answer: goAnswerSchema,
    limit: 'search',
    scope: 'conversations:read',
    run: ({ userId }, input) => go(userId, input),
  }),
  'conversation.files': operation({
    input: filesSchema.extend(byConversationSchema.shape),
    answer: filesAnswerSchema,
    scope: 'messages:read',
    run: ({ userId }, { conversationId, ...input }) => listFiles(userId, conversationId, input),
  }),
  'conversation.links': operation({
    input: linksSchema.extend(byConversationSchema.shape),
    answer: linksAnswerSchema,
    scope: 'messages:read',
    run: ({ userId }, { conversationId, ...input }) => listLinks(userId, conversationId, input),
  }),
};
