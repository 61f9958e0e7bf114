import { mergeConversation, mergeMemberships, sortConversations } from '@/client/state/header';
import { changeConversation } from '@/client/state/parts';
import type { ChatState, Slice } from '@/client/state/state';
import type { conversationEvents } from '@/lib/domain/conversations/events';
import type { Conversation, Membership } from '@/lib/domain/conversations/schema';

/** Conversations, each with the person's membership. */
export const conversations: Slice<keyof typeof conversationEvents, 'conversations'> = {
  initial: { conversations: [] },
  reduce: {
    'conversation.created': (state, { conversation }) => upsertConversation(state, conversation),
    'conversation.updated': (state, { conversation }) => upsertConversation(state, conversation),
    'conversation.removed': (state, { conversationId }) => removeConversation(state, conversationId),
    'membership.updated': (state, { conversationId, me }) =>
      changeMe(state, conversationId, (known) => mergeMemberships(known, me)),
    'draft.updated': (state, { conversationId, draft, version }) =>
      changeMe(state, conversationId, (me) => (version > me.draftVersion ? { ...me, draft, draftVersion: version } : me)),
  },
};

/**
 * Takes a conversation from an answer or event; an unknown one without `me` is ignored.
 * @param before for an answer: the conversation as it was known at the time of the request
 */
export function upsertConversation(state: ChatState, conversation: Conversation, before?: Conversation): ChatState {
  const known = state.conversations.find(({ id }) => id === conversation.id);
  if (!known && conversation.me === undefined) return state;
  const others = state.conversations.filter(({ id }) => id !== conversation.id);
  return { ...state, conversations: sortConversations([...others, mergeConversation(known, conversation, before)]) };
}

export function removeConversation(state: ChatState, conversationId: string): ChatState {
  const { [conversationId]: _window, ...windows } = state.windows;
  const { [conversationId]: _roster, ...rosters } = state.rosters;
  return { ...state, windows, rosters, conversations: state.conversations.filter(({ id }) => id !== conversationId) };
}

function changeMe(state: ChatState, conversationId: string, change: (me: Membership) => Membership): ChatState {
  return changeConversation(state, conversationId, (conversation) => {
    const me = conversation.me && change(conversation.me);
    return me === conversation.me ? conversation : { ...conversation, me };
  });
}
