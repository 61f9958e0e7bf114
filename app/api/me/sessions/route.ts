import { route } from '@/lib/rest/route';
import { listSessions } from '@/lib/sessions/session';

export const GET = route(async ({ userId, sessionId }) => ({ sessions: await listSessions(userId, sessionId) }));
