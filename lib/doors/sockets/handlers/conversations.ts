import { findConversationFor } from '@/lib/domain/conversations/access';
import type { byConversationSchema, joinSchema } from '@/lib/domain/conversations/schema';
import { operations } from '@/lib/domain/operations';
import { chatRoom, membersRoom } from '@/lib/domain/rooms';
import { type RequestEntry, request } from '@/lib/doors/sockets/request';
import { notFound } from '@/lib/platform/errors/error';
import { internRoomName } from '@/lib/platform/realtime/room-names';
import { idSchema } from '@/lib/platform/validation/schema';

/** Subscribes this socket to the conversation's `chat:` room. */
const join = request(operations['conversation.join'], async ({ userId, socket }, { conversationId }, run) => {
  // A socket in the members' room was already authorized.
  if (!socket.rooms.has(membersRoom(conversationId))) await findConversationFor(userId, conversationId);
  socket.join(internRoomName(chatRoom(conversationId)));
  try {
    // Access is checked again after the join. A removal that came before the join did not find the socket in the room; a later one takes
    // it out.
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

/** Older clients send the bare id. */
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
