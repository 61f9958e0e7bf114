import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { idSchema, timeSchema } from '@/lib/platform/validation/schema';

export const sessionEvents = {
  /** the first event of a connection */
  'connection.authenticated': event({
    schema: z.object({ userId: idSchema, sessionId: idSchema, serverTime: timeSchema }),
    to: 'socket',
  }),
  'token.expired': event({ schema: z.object({ reason: z.enum(['expired', 'revoked']) }), to: 'session', inbound: true }),
};
