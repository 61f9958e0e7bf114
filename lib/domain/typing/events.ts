import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { typistSchema } from '@/lib/domain/typing/schema';
import { idSchema } from '@/lib/platform/validation/schema';

export const typingEvents = {
  'typing.user': event({
    schema: typistSchema.extend({ conversationId: idSchema, isTyping: z.boolean() }),
    to: 'chat',
    exceptUser: 'userId',
    transient: true,
    inbound: true,
  }),
};
