import { z } from 'zod';
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
  'message.deleted': event({ schema: z.object({ message: sharedMessageSchema }), to: 'members', carries: 'message' }),
};
