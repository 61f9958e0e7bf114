import { z } from 'zod';
import { nothing } from '@/lib/domain/operation';
import {
  addParticipants,
  joinConversation,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from '@/lib/domain/participants/participant';
import { addParticipantsSchema, listParticipantsSchema, updateParticipantSchema } from '@/lib/domain/participants/schema';
import { inline } from '@/lib/doors/sockets/request';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });
/** As in a path, `me` is oneself. */
const personSchema = z.literal('me').or(idSchema);
const resolve = (person: string, callerId: string) => (person === 'me' ? callerId : person);

export const participantRequests = {
  'participant.list': inline(listParticipantsSchema.safeExtend(byId.shape), ({ userId }, { conversationId, ...query }) =>
    listParticipants(userId, conversationId, query),
  ),
  'participant.add': inline(addParticipantsSchema.safeExtend(byId.shape), async ({ userId }, { conversationId, userIds }) => {
    const { conversation, participants } = await addParticipants(userId, conversationId, userIds);
    return { conversation, participants };
  }),
  'participant.join': inline(byId, async ({ userId }, { conversationId }) => {
    const { conversation, participant } = await joinConversation(userId, conversationId);
    return { conversation, participant };
  }),
  'participant.update': inline(
    updateParticipantSchema.safeExtend({ ...byId.shape, userId: personSchema }),
    async (caller, { conversationId, userId, ...input }) => ({
      participant: await updateParticipant(caller.userId, conversationId, resolve(userId, caller.userId), input),
    }),
  ),
  'participant.remove': inline(byId.extend({ userId: personSchema }), async (caller, { conversationId, userId }) => {
    await removeParticipant(caller.userId, conversationId, resolve(userId, caller.userId));
    return nothing;
  }),
};
