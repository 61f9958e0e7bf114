import { applyOwnMessage, changeLast, receive, sortConversations } from '@/client/state/header';
import { changeConversation, changeParticipants, changeWindow } from '@/client/state/parts';
import { takePins } from '@/client/state/pins';
import type { ChatState, Slice } from '@/client/state/state';
import { applyMessages, type OwnChange } from '@/client/state/window';
import type { Pins } from '@/lib/domain/conversations/schema';
import type { messageEvents } from '@/lib/domain/messages/events';
import type { Message } from '@/lib/domain/messages/schema';
import type { reactionEvents } from '@/lib/domain/reactions/events';

/** Messages in loaded windows, and in the headers of their conversations. */
export const messages: Slice<keyof typeof messageEvents | keyof typeof reactionEvents, 'windows'> = {
  initial: { windows: {} },
  reduce: {
    'message.received': (state, payload) => receiveMessages(state, payload.conversationId, payload.messages),
    'message.edited': (state, { message }) => changeMessage(state, message),
    'message.deleted': (state, { message, pins }) => changePins(changeMessage(state, message), message, pins),
    'message.updated': (state, { message, pins }) => changePins(changeMessage(state, message), message, pins),
    'reaction.updated': (state, { message, change }) => changeMessage(state, message, change),
  },
};

function receiveMessages(state: ChatState, conversationId: string, messages: Message[]): ChatState {
  const next = changeWindow(state, conversationId, (window) => applyMessages(window, messages, state.me));
  const counted = messages.reduce((now, message) => countMessage(now, message), next);
  return counted === next ? next : { ...counted, conversations: sortConversations(counted.conversations) };
}

function countMessage(state: ChatState, message: Message): ChatState {
  const { conversationId } = message;
  const { lastSeq } = state.conversations.find(({ id }) => id === conversationId) ?? {};
  if (lastSeq === undefined) return state;
  const next = changeParticipants(state, conversationId, (list) => applyOwnMessage(list, message, lastSeq));
  return changeConversation(next, conversationId, (conversation) => receive(conversation, message, state.me));
}

function changeMessage(state: ChatState, message: Message, change?: OwnChange): ChatState {
  const { conversationId } = message;
  const next = changeWindow(state, conversationId, (window) => applyMessages(window, [message], state.me, change));
  return changeConversation(next, conversationId, (conversation) => changeLast(conversation, message, state.me));
}

/** @param pins of the message's conversation; an event that changes none of them has none */
function changePins(state: ChatState, { conversationId }: Message, pins: Pins | undefined): ChatState {
  if (!pins) return state;
  const rows = state.windows[conversationId]?.messages ?? [];
  return changeConversation(state, conversationId, (conversation) => takePins(conversation, pins, rows, state.me));
}
