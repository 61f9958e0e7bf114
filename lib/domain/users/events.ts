import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { meSchema, userSchema } from '@/lib/domain/users/schema';

export const userEvents = {
  /** the name, handle or picture changed */
  'user.updated': event({ schema: z.object({ user: userSchema }), to: 'viewers' }),
  /** another language */
  'me.updated': event({ schema: z.object({ user: meSchema }), to: 'user' }),
};
