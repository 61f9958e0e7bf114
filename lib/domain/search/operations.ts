import { byConversationSchema } from '@/lib/domain/conversations/schema';
import { operation } from '@/lib/domain/operation';
import {
  filesAnswerSchema,
  filesSchema,
  goAnswerSchema,
  goSchema,
  linksAnswerSchema,
  linksSchema,
  progressAnswerSchema,
  searchAnswerSchema,
  searchSchema,
} from '@/lib/domain/search/schema';
import { go, listFiles, listLinks, search, searchProgress } from '@/lib/domain/search/search';
import { emptySchema } from '@/lib/platform/validation/schema';

export const searchOperations = {
  search: operation({
    input: searchSchema,
    answer: searchAnswerSchema,
    limit: 'search',
    scope: 'messages:read',
    run: ({ userId }, input) => search(userId, input),
  }),
  'search.progress': operation({
    input: emptySchema,
    answer: progressAnswerSchema,
    scope: 'messages:read',
    restOnly: 'Only a page of settings shows it, which asks every few seconds.',
    run: ({ userId }) => searchProgress(userId),
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
