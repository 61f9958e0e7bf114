import { applyReceipts, changeLast, mergeConversation, receive, see, sortConversations } from '@/client/state/header';
import type { ChatEvent, ChatState, MessageWindow } from '@/client/state/state';
import { applyMessages, type OwnChange } from '@/client/state/window';
import type { Conversation, Membership } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { Participant } from '@/lib/domain/participants/schema';
import type { PresenceChange } from '@/lib/domain/presence/schema';

/**
 * What the browser knows, after an event. Pure; and idempotent, because a reconnection repeats events and a bus of many
 * nodes reorders them: a change is applied once, in whatever order it comes.
 */
export function applyEvent(state: ChatState, event: ChatEvent): ChatState {
  switch (event.name) {
    case 'message.received':
      return receiveMessages(state, event.payload.conversationId, event.payload.messages);
    case 'message.edited':
    case 'message.deleted':
      return changeMessage(state, event.payload.message);
    case 'reaction.updated':
      return changeMessage(state, event.payload.message, event.payload.change);
    case 'message.read':
    case 'message.delivered': {
      const { conversationId, receipts } = event.payload;
      const kind = event.name === 'message.read' ? 'read' : 'delivered';
      return changeParticipants(state, conversationId, (list) => applyReceipts(list, receipts, kind));
    }
    case 'read.updated': {
      const { conversationId, ...numbers } = event.payload;
      return changeConversation(state, conversationId, (conversation) => takeNumbers(conversation, numbers, state.me));
    }
    case 'read.seen':
      return changeConversation(state, event.payload.conversationId, (conversation) => see(conversation, event.payload.seq));
    case 'draft.updated':
      return changeMe(state, event.payload.conversationId, { draft: event.payload.draft });
    case 'presence.changed':
      return changePresence(state, event.payload);
    case 'conversation.created':
    case 'conversation.updated':
      return upsertConversation(state, event.payload.conversation);
    case 'conversation.removed':
      return removeConversation(state, event.payload.conversationId);
    case 'participant.joined':
    case 'participant.updated':
    case 'participant.left':
      return changeParticipant(state, event.payload.conversationId, event.payload.participant);
    default:
      return state;
  }
}

/**
 * Takes a conversation from an answer or event; one without `me` that is not known is not ours.
 * @param before of an answer: as it was known when it was asked for
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

function receiveMessages(state: ChatState, conversationId: string, messages: Message[]): ChatState {
  const next = changeWindow(state, conversationId, (window) => applyMessages(window, messages, state.me));
  const counted = changeConversation(next, conversationId, (conversation) =>
    messages.reduce((header, message) => receive(header, message, state.me), conversation),
  );
  return counted === next ? next : { ...counted, conversations: sortConversations(counted.conversations) };
}

function changeMessage(state: ChatState, message: Message, change?: OwnChange): ChatState {
  const { conversationId } = message;
  const next = changeWindow(state, conversationId, (window) => applyMessages(window, [message], state.me, change));
  return changeConversation(next, conversationId, (conversation) => changeLast(conversation, message, state.me));
}

/**
 * The server owns the numbers, but may have counted them before the last message came: then that one is missing. (The next
 * answer about the conversation says exactly.)
 */
function takeNumbers(conversation: Conversation, numbers: ReadNumbers, me: string): Conversation {
  if (!conversation.me) return conversation;
  const { lastMessage, lastSeq } = conversation;
  const missesLast = numbers.lastReadSeq < lastSeq && lastMessage?.seq === lastSeq && lastMessage.sender.id !== me;
  const unreadCount = missesLast ? Math.max(1, numbers.unreadCount) : numbers.unreadCount;
  return { ...conversation, me: { ...conversation.me, ...numbers, unreadCount } };
}

type ReadNumbers = Pick<Membership, 'lastReadSeq' | 'unreadCount' | 'mentionCount'>;

function changeMe(state: ChatState, conversationId: string, numbers: Partial<NonNullable<Conversation['me']>>): ChatState {
  return changeConversation(state, conversationId, (conversation) =>
    conversation.me ? { ...conversation, me: { ...conversation.me, ...numbers } } : conversation,
  );
}

function changePresence(state: ChatState, { userId, ...presence }: PresenceChange): ChatState {
  const change = (list: Participant[]) => replaceUser(list, userId, presence);
  const conversations = state.conversations.map((conversation) => {
    const participants = change(conversation.participants);
    return participants === conversation.participants ? conversation : { ...conversation, participants };
  });
  const rosters = Object.fromEntries(Object.entries(state.rosters).map(([id, list]) => [id, change(list)]));
  return { ...state, conversations, rosters };
}

function replaceUser(list: Participant[], userId: string, presence: Omit<PresenceChange, 'userId'>): Participant[] {
  if (!list.some(({ user }) => user.id === userId)) return list;
  return list.map((one) => (one.user.id === userId ? { ...one, user: { ...one.user, ...presence } } : one));
}

/** The numbers of people come with `conversation.updated`; here only who they are. */
function changeParticipant(state: ChatState, conversationId: string, participant: Participant): ChatState {
  const { id } = participant.user;
  const replace = (list: Participant[]) =>
    participant.leftAt
      ? list.filter(({ user }) => user.id !== id)
      : list.map((one) => (one.user.id === id ? participant : one));
  const next = changeConversation(state, conversationId, (conversation) => {
    const participants = replace(conversation.participants);
    const role = id === state.me && conversation.me ? { me: { ...conversation.me, role: participant.role } } : {};
    return { ...conversation, participants, ...role };
  });
  const roster = next.rosters[conversationId];
  if (!roster) return next;
  const known = participant.leftAt !== null || roster.some(({ user }) => user.id === id);
  return { ...next, rosters: { ...next.rosters, [conversationId]: known ? replace(roster) : [...roster, participant] } };
}

function changeParticipants(
  state: ChatState,
  conversationId: string,
  change: (list: Participant[]) => Participant[],
): ChatState {
  const next = changeConversation(state, conversationId, (conversation) => {
    const participants = change(conversation.participants);
    return participants === conversation.participants ? conversation : { ...conversation, participants };
  });
  const roster = next.rosters[conversationId];
  return roster ? { ...next, rosters: { ...next.rosters, [conversationId]: change(roster) } } : next;
}

function changeWindow(state: ChatState, id: string, change: (window: MessageWindow) => MessageWindow): ChatState {
  const window = state.windows[id];
  if (!window) return state;
  const next = change(window);
  return next === window ? state : { ...state, windows: { ...state.windows, [id]: next } };
}

function changeConversation(state: ChatState, id: string, change: (conversation: Conversation) => Conversation): ChatState {
  const index = state.conversations.findIndex((conversation) => conversation.id === id);
  const conversation = state.conversations[index];
  if (!conversation) return state;
  const next = change(conversation);
  return next === conversation ? state : { ...state, conversations: state.conversations.with(index, next) };
}
