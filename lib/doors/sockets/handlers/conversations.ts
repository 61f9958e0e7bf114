import { findConversationFor } from '@/lib/domain/conversations/access';
import type { byConversationSchema, joinSchema } from '@/lib/domain/conversations/schema';
import { operations } from '@/lib/domain/operations';
import { chatRoom, membersRoom } from '@/lib/domain/rooms';
import { type RequestEntry, request } from '@/lib/doors/sockets/request';
import { notFound } from '@/lib/platform/errors/error';
import { internRoomName } from '@/lib/platform/realtime/room-names';
import { idSchema } from '@/lib/platform/validation/schema';

/** Puts the conversation on this socket's screen. */
const join = request(operations['conversation.join'], async ({ userId, socket }, { conversationId }, run) => {
  // A socket that hears the conversation already need not be looked up before it hears who types there.
  if (!socket.rooms.has(membersRoom(conversationId))) await findConversationFor(userId, conversationId);
  socket.join(internRoomName(chatRoom(conversationId)));
  try {
    // After the joining, because who was removed before it was taken out of a room they were not in yet. And who is removed from
    // here on is taken out of this one.
    const answer = await run();
    if (!socket.rooms.has(chatRoom(conversationId))) throw notFound();
    return answer;
  } catch (error) {
    socket.leave(chatRoom(conversationId));
    throw error;
  }
});

const leave = request(operations['conversation.leave'], ({ socket }, { conversationId }, run) => {
  socket.leave(chatRoom(conversationId));
  return run();
});

/** As older clients send it: the bare id. */
const byBareId = <Data>(entry: RequestEntry<Data, typeof byConversationSchema | typeof joinSchema>) => ({
  ...entry,
  input: idSchema.transform((conversationId) => ({ conversationId })),
});

export const conversationRequests = {
  'conversation.join': join,
  'conversation.leave': leave,
  joinConversation: byBareId(join),
  leaveConversation: byBareId(leave),
};
