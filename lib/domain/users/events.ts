import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { userSchema } from '@/lib/domain/users/schema';

export const userEvents = {
  /** another name, handle or picture */
  'user.updated': event({ schema: z.object({ user: userSchema }), to: 'viewers' }),
};
