import { z } from 'zod';
import { findConversationFor } from '@/lib/domain/conversations/access';
import {
  conversationHeads,
  createDirect,
  createGroup,
  deleteConversation,
  updateConversation,
} from '@/lib/domain/conversations/conversation';
import { createConversationSchema, headsSchema, updateConversationSchema } from '@/lib/domain/conversations/schema';
import { shapeConversation } from '@/lib/domain/conversations/shape';
import { chatRoom, membersRoom } from '@/lib/domain/rooms';
import { stopTypingOn, typistsIn } from '@/lib/domain/typing/typing';
import { type Caller, nothing, request } from '@/lib/doors/sockets/request';
import { notFound } from '@/lib/platform/errors/error';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';
import { internRoomName } from '@/lib/platform/realtime/room-names';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });

export const conversationRequests = {
  'conversation.join': request(byId, (caller, { conversationId }) => enter(caller, conversationId), { lane: 'rooms' }),
  'conversation.leave': request(byId, (caller, { conversationId }) => leave(caller, conversationId), { lane: 'rooms' }),
  joinConversation: request(idSchema, enter, { lane: 'rooms' }),
  leaveConversation: request(idSchema, leave, { lane: 'rooms' }),
  'conversation.heads': request(headsSchema, async ({ userId }, { conversationIds }) => ({
    heads: await conversationHeads(userId, conversationIds),
  })),
  'conversation.create': request(createConversationSchema, create, { limit: 'own' }),
  'conversation.update': request(
    updateConversationSchema.safeExtend(byId.shape),
    async ({ userId }, { conversationId, ...input }) => ({
      conversation: await updateConversation(userId, conversationId, input),
    }),
  ),
  'conversation.delete': request(byId, async ({ userId }, { conversationId }) => {
    await deleteConversation(userId, conversationId);
    return nothing;
  }),
};

/** Puts the conversation on this socket's screen. */
async function enter({ userId, socket }: Caller, conversationId: string) {
  // A socket that hears the conversation already need not be looked up before it hears who types there.
  if (!socket.rooms.has(membersRoom(conversationId))) await findConversationFor(userId, conversationId);
  socket.join(internRoomName(chatRoom(conversationId)));
  try {
    // After the joining, because who was removed before it was taken out of a room they were not in yet. And who is removed from
    // here on is taken out of this one.
    const conversation = await shapeConversation(conversationId, userId);
    if (!conversation.me || !socket.rooms.has(chatRoom(conversationId))) throw notFound();
    return { conversation, typing: typistsIn(conversationId, userId) };
  } catch (error) {
    socket.leave(chatRoom(conversationId));
    throw error;
  }
}

/** Takes it off; to an outsider it is not there, as everywhere. */
async function leave({ userId, socket }: Caller, conversationId: string) {
  socket.leave(chatRoom(conversationId));
  stopTypingOn(userId, socket.id, conversationId);
  await findConversationFor(userId, conversationId);
  return nothing;
}

/** A group counts as one, which createGroup does itself; anything else as anything else. */
async function create({ userId }: Caller, input: z.output<typeof createConversationSchema>) {
  if (input.kind === 'group') return { conversation: await createGroup(userId, input) };
  await takeLimit('other', userId);
  const { conversation } = await createDirect(userId, input.userId);
  return { conversation };
}
