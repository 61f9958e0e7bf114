import { changeConversation } from '@/client/state/parts';
import type { ChatState, Slice } from '@/client/state/state';
import type { participantEvents } from '@/lib/domain/participants/events';
import type { Participant } from '@/lib/domain/participants/schema';

/** The participants in a conversation's header, and in its roster where that is loaded. */
export const participants: Slice<keyof typeof participantEvents, 'rosters'> = {
  initial: { rosters: {} },
  reduce: {
    'participant.joined': (state, payload) => changeParticipant(state, payload.conversationId, payload.participant),
    'participant.updated': (state, payload) => changeParticipant(state, payload.conversationId, payload.participant),
    'participant.left': (state, payload) => changeParticipant(state, payload.conversationId, payload.participant),
  },
};

/** The counts come with `conversation.updated`; this changes only the people. */
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
