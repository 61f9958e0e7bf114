import { listSessions } from '@/lib/domain/sessions/session';
import { route } from '@/lib/doors/rest/route';

export const GET = route(async ({ userId, sessionId }) => ({ sessions: await listSessions(userId, sessionId) }));
