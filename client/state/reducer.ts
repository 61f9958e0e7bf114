import { conversations } from '@/client/state/slices/conversations';
import { ignoredEvents } from '@/client/state/slices/ignored';
import { messages } from '@/client/state/slices/messages';
import { participants } from '@/client/state/slices/participants';
import { people } from '@/client/state/slices/people';
import { receipts } from '@/client/state/slices/receipts';
import type { ChatEvent, ChatState, EventName, LocalPayloads, Reducers } from '@/client/state/state';

/** The state before the first answer. */
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

/** The names of all events that the server sends. */
export const serverEventNames = Object.keys(reducers).filter((name) => !(name in localNames));

/**
 * The state after an event. It is pure, and idempotent because a reconnection repeats events and several nodes reorder them: a
 * change is applied once, in any order.
 */
export function applyEvent(state: ChatState, { name, payload }: ChatEvent): ChatState {
  const reduce = reducers[name] as (state: ChatState, payload: ChatEvent['payload']) => ChatState;
  return reduce(state, payload);
}
