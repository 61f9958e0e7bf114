import type { Slice } from '@/client/state/state';
import type { sessionEvents } from '@/lib/domain/sessions/events';
import type { typingEvents } from '@/lib/domain/typing/events';

/**
 * Events that do not change this state: client/typing has a state of its own, and client/socket handles those of the connection.
 */
export const ignoredEvents: Slice<keyof typeof sessionEvents | keyof typeof typingEvents> = {
  initial: {},
  reduce: {
    'connection.authenticated': (state) => state,
    'token.expired': (state) => state,
    'typing.user': (state) => state,
  },
};
