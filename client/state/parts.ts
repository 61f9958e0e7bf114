import type { ChatState, MessageWindow } from '@/client/state/state';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Participant } from '@/lib/domain/participants/schema';

/** Functions that change one part of the state, if it is known. Unchanged parts stay the same object. */

export function changeWindow(state: ChatState, id: string, change: (window: MessageWindow) => MessageWindow): ChatState {
  const window = state.windows[id];
  if (!window) return state;
  const next = change(window);
  return next === window ? state : { ...state, windows: { ...state.windows, [id]: next } };
}

export function changeConversation(
  state: ChatState,
  id: string,
  change: (conversation: Conversation) => Conversation,
): ChatState {
  const index = state.conversations.findIndex((conversation) => conversation.id === id);
  const conversation = state.conversations[index];
  if (!conversation) return state;
  const next = change(conversation);
  return next === conversation ? state : { ...state, conversations: state.conversations.with(index, next) };
}

export function changeParticipants(
  state: ChatState,
  conversationId: string,
  change: (list: Participant[]) => Participant[],
): ChatState {
  const next = changeConversation(state, conversationId, (conversation) => {
    const participants = change(conversation.participants);
    return participants === conversation.participants ? conversation : { ...conversation, participants };
  });
  const roster = next.rosters[conversationId];
  const changed = roster && change(roster);
  return changed && changed !== roster ? { ...next, rosters: { ...next.rosters, [conversationId]: changed } } : next;
}
