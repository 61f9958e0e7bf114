import { z } from 'zod';
import { sharedPinsSchema } from '@/lib/domain/conversations/schema';
import { event } from '@/lib/domain/event-entry';
import { sharedMessageSchema } from '@/lib/domain/messages/schema';
import { idSchema } from '@/lib/platform/validation/schema';

export const messageEvents = {
  /** the messages that one commit stored in one conversation, in order */
  'message.received': event({
    schema: z.object({ conversationId: idSchema, messages: z.array(sharedMessageSchema).min(1) }),
    to: 'members',
    carries: 'messages',
  }),
  'message.edited': event({ schema: z.object({ message: sharedMessageSchema }), to: 'members', carries: 'message' }),
  /** `pins` where the message was pinned: a deleted message is not */
  'message.deleted': event({
    schema: z.object({ message: sharedMessageSchema, pins: sharedPinsSchema.optional() }),
    to: 'members',
    carries: 'message',
  }),
  /** what other people have changed of a message, beside its text */
  'message.updated': event({
    schema: z.object({
      message: sharedMessageSchema,
      change: z.enum(['pinned', 'unpinned']),
      pins: sharedPinsSchema.optional(),
    }),
    to: 'members',
    carries: 'message',
  }),
};
