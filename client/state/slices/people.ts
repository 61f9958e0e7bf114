import type { ChatState, Slice } from '@/client/state/state';
import type { Participant } from '@/lib/domain/participants/schema';
import type { presenceEvents } from '@/lib/domain/presence/events';
import type { PresenceChange } from '@/lib/domain/presence/schema';

/** How people are, wherever they are shown. */
export const people: Slice<keyof typeof presenceEvents> = {
  initial: {},
  reduce: { 'presence.changed': changePresence },
};

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
