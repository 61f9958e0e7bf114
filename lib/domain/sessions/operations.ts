import { nothing, nothingSchema, operation } from '@/lib/domain/operation';
import { bySessionSchema, sessionsAnswerSchema } from '@/lib/domain/sessions/schema';
import { listSessions, revokeSession } from '@/lib/domain/sessions/session';
import { emptySchema } from '@/lib/platform/validation/schema';

const restOnly = 'A page of the settings requests it, seldom; nothing that a socket is sent depends on it.';

export const sessionOperations = {
  'session.list': operation({
    input: emptySchema,
    answer: sessionsAnswerSchema,
    scope: 'sessions:read',
    restOnly,
    run: async ({ userId, sessionId }) => ({ sessions: await listSessions(userId, sessionId) }),
  }),
  'session.revoke': operation({
    input: bySessionSchema,
    answer: nothingSchema,
    scope: 'sessions:write',
    restOnly,
    run: async ({ userId }, { sessionId }) => {
      await revokeSession(userId, sessionId);
      return nothing;
    },
  }),
};
