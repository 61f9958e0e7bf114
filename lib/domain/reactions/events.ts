import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { sharedMessageSchema } from '@/lib/domain/messages/schema';
import { idSchema } from '@/lib/platform/validation/schema';

export const reactionEvents = {
  'reaction.updated': event({
    schema: z.object({
      message: sharedMessageSchema,
      change: z.object({ userId: idSchema, emoji: z.string(), added: z.boolean() }),
    }),
    to: 'members',
    carries: 'message',
  }),
};
