import type { Slice } from '@/client/state/state';
import type { sessionEvents } from '@/lib/domain/sessions/events';
import type { typingEvents } from '@/lib/domain/typing/events';

/** Events that change nothing here: who types expires by itself (client/typing), and the connection is the socket's. */
export const elsewhere: Slice<keyof typeof sessionEvents | keyof typeof typingEvents> = {
  initial: {},
  reduce: {
    'connection.authenticated': (state) => state,
    'token.expired': (state) => state,
    'typing.user': (state) => state,
  },
};
