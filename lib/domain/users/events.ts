import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { userSchema } from '@/lib/domain/users/schema';

export const userEvents = {
  /** the name, handle or picture changed */
  'user.updated': event({ schema: z.object({ user: userSchema }), to: 'viewers' }),
};
