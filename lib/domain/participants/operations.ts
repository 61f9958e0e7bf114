import { addedAnswerSchema, byConversationSchema, memberAnswerSchema } from '@/lib/domain/conversations/schema';
import { type Caller, created, nothing, nothingSchema, operation } from '@/lib/domain/operation';
import {
  addParticipants,
  joinConversation,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from '@/lib/domain/participants/participant';
import {
  addParticipantsSchema,
  byParticipantSchema,
  listParticipantsSchema,
  participantAnswerSchema,
  participantPageSchema,
  updateParticipantSchema,
} from '@/lib/domain/participants/schema';

export const participantOperations = {
  'participant.list': operation({
    input: listParticipantsSchema.safeExtend(byConversationSchema.shape),
    answer: participantPageSchema,
    scope: 'conversations:read',
    run: ({ userId }, { conversationId, ...query }) => listParticipants(userId, conversationId, query),
  }),
  'participant.add': operation({
    input: addParticipantsSchema.safeExtend(byConversationSchema.shape),
    answer: addedAnswerSchema,
    scope: 'conversations:write',
    run: async ({ userId }, { conversationId, userIds }) => {
      const { made, ...answer } = await addParticipants(userId, conversationId, userIds);
      return made ? created(answer) : answer;
    },
  }),
  'participant.join': operation({
    input: byConversationSchema,
    answer: memberAnswerSchema,
    scope: 'conversations:write',
    run: async ({ userId }, { conversationId }) => {
      const { made, ...answer } = await joinConversation(userId, conversationId);
      return made ? created(answer) : answer;
    },
  }),
  'participant.update': operation({
    input: updateParticipantSchema.safeExtend(byParticipantSchema.shape),
    answer: participantAnswerSchema,
    scope: 'conversations:write',
    run: async (caller, { conversationId, userId, ...input }) => ({
      participant: await updateParticipant(caller.userId, conversationId, personOf(caller, userId), input),
    }),
  }),
  'participant.remove': operation({
    input: byParticipantSchema,
    answer: nothingSchema,
    scope: 'conversations:write',
    run: async (caller, { conversationId, userId }) => {
      await removeParticipant(caller.userId, conversationId, personOf(caller, userId));
      return nothing;
    },
  }),
};

const personOf = (caller: Caller, userId: string) => (userId === 'me' ? caller.userId : userId);
