import { conversations } from '@/client/state/slices/conversations';
import { ignoredEvents } from '@/client/state/slices/ignored';
import { messages } from '@/client/state/slices/messages';
import { participants } from '@/client/state/slices/participants';
import { people } from '@/client/state/slices/people';
import { receipts } from '@/client/state/slices/receipts';
import type { ChatEvent, ChatState, EventName, LocalPayloads, Reducers } from '@/client/state/state';

/** What the browser of this person knows before it has asked for anything. */
export const initialState = (me: string): ChatState => ({
  me,
  ...conversations.initial,
  ...messages.initial,
  ...participants.initial,
});

const reducers: Reducers<EventName> = {
  ...conversations.reduce,
  ...messages.reduce,
  ...participants.reduce,
  ...people.reduce,
  ...receipts.reduce,
  ...ignoredEvents.reduce,
};

const localNames: Record<keyof LocalPayloads, true> = { 'read.seen': true };

/** Every event that the server sends. */
export const serverEventNames = Object.keys(reducers).filter((name) => !(name in localNames));

/**
 * What the browser knows, after an event. Pure; and idempotent, because a reconnection repeats events and a bus of many
 * nodes reorders them: a change is applied once, in whatever order it comes.
 */
export function applyEvent(state: ChatState, { name, payload }: ChatEvent): ChatState {
  const reduce = reducers[name] as (state: ChatState, payload: ChatEvent['payload']) => ChatState;
  return reduce(state, payload);
}
