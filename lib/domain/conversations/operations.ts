import { findConversationFor } from '@/lib/domain/conversations/access';
import {
  conversationHeads,
  createDirect,
  createGroup,
  deleteConversation,
  getConversation,
  listConversations,
  listPublicConversations,
  updateConversation,
  updateMembership,
} from '@/lib/domain/conversations/conversation';
import {
  byConversationSchema,
  conversationAnswerSchema,
  conversationPageSchema,
  createConversationSchema,
  headsAnswerSchema,
  headsSchema,
  joinedAnswerSchema,
  joinSchema,
  listConversationsSchema,
  publicConversationsSchema,
  updateConversationSchema,
  updateMembershipSchema,
} from '@/lib/domain/conversations/schema';
import { byVerb, created, nothing, nothingSchema, operation } from '@/lib/domain/operation';
import { listParticipants } from '@/lib/domain/participants/participant';
import { stopTypingOn, typistsIn } from '@/lib/domain/typing/typing';
import { notFound } from '@/lib/platform/errors/error';

export const conversationOperations = {
  'conversation.list': operation({
    input: listConversationsSchema,
    answer: conversationPageSchema,
    scope: 'conversations:read',
    restOnly: 'A page requests its list before it has a socket, and again after a reconnection.',
    run: ({ userId }, query) => listConversations(userId, query),
  }),
  'conversation.list.public': operation({
    input: publicConversationsSchema,
    answer: conversationPageSchema,
    scope: 'conversations:read',
    restOnly: 'Nothing that a socket is sent depends on it.',
    run: ({ userId }, query) => listPublicConversations(userId, query),
  }),
  'conversation.get': operation({
    input: byConversationSchema,
    answer: conversationAnswerSchema,
    scope: 'conversations:read',
    restOnly: 'A socket gets the conversation with conversation.join.',
    run: async ({ userId }, { conversationId }) => ({ conversation: await getConversation(userId, conversationId) }),
  }),
  'conversation.heads': operation({
    input: headsSchema,
    answer: headsAnswerSchema,
    scope: 'conversations:read',
    socketOnly: 'It finds events that a socket has missed.',
    run: async ({ userId }, { conversationIds }) => ({ heads: await conversationHeads(userId, conversationIds) }),
  }),
  'conversation.create': operation({
    input: createConversationSchema,
    answer: conversationAnswerSchema,
    limit: ({ kind }) => (kind === 'group' ? byVerb('group') : 'other'),
    scope: 'conversations:write',
    run: async ({ userId }, input) => {
      if (input.kind === 'group') return created({ conversation: await createGroup(userId, input) });
      const { conversation, made } = await createDirect(userId, input.userId);
      return made ? created({ conversation }) : { conversation };
    },
  }),
  'conversation.update': operation({
    input: updateConversationSchema.safeExtend(byConversationSchema.shape),
    answer: conversationAnswerSchema,
    scope: 'conversations:write',
    run: async ({ userId }, { conversationId, ...input }) => ({
      conversation: await updateConversation(userId, conversationId, input),
    }),
  }),
  'conversation.delete': operation({
    input: byConversationSchema,
    answer: nothingSchema,
    scope: 'conversations:write',
    run: async ({ userId }, { conversationId }) => {
      await deleteConversation(userId, conversationId);
      return nothing;
    },
  }),
  'membership.update': operation({
    input: updateMembershipSchema.safeExtend(byConversationSchema.shape),
    answer: conversationAnswerSchema,
    scope: 'conversations:write',
    restOnly: 'A draft is saved while a socket is not connected, too.',
    run: async ({ userId }, { conversationId, ...input }) => ({
      conversation: await updateMembership(userId, conversationId, input),
    }),
  }),
  /** The socket also joins or leaves the conversation's room (lib/doors/sockets/handlers/conversations.ts). */
  'conversation.join': operation({
    input: joinSchema,
    answer: joinedAnswerSchema,
    scope: 'conversations:read',
    lane: 'rooms',
    socketOnly: 'It is about what this socket is sent.',
    run: async ({ userId }, { conversationId, participants: count }) => {
      const [conversation, page] = await Promise.all([
        getConversation(userId, conversationId),
        count === undefined ? undefined : listParticipants(userId, conversationId, { limit: count }),
      ]);
      if (!conversation.me) throw notFound();
      const answer = { conversation, typing: typistsIn(conversationId, userId) };
      return page ? { ...answer, participants: page.participants } : answer;
    },
  }),
  'conversation.leave': operation({
    input: byConversationSchema,
    answer: nothingSchema,
    scope: 'conversations:read',
    lane: 'rooms',
    socketOnly: 'It is about what this socket is sent.',
    run: async ({ userId, connectionId }, { conversationId }) => {
      stopTypingOn(userId, connectionId, conversationId);
      // To an outsider it is not there, as everywhere.
      await findConversationFor(userId, conversationId);
      return nothing;
    },
  }),
};
