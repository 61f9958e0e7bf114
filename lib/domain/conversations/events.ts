import { z } from 'zod';
import { conversationSchema, membershipSchema, sharedConversationSchema } from '@/lib/domain/conversations/schema';
import { event } from '@/lib/domain/event-entry';
import { idSchema } from '@/lib/platform/validation/schema';

export const conversationEvents = {
  'conversation.created': event({
    schema: z.object({ conversation: conversationSchema.refine(({ me }) => Boolean(me), 'Without `me`.') }),
    to: 'user',
  }),
  'conversation.updated': event({ schema: z.object({ conversation: sharedConversationSchema }), to: 'members' }),
  'conversation.removed': event({
    schema: z.object({ conversationId: idSchema, reason: z.enum(['left', 'removed', 'deleted']) }),
    to: 'user',
    inbound: true,
  }),
  /** the reader's own settings, role and permissions */
  'membership.updated': event({ schema: z.object({ conversationId: idSchema, me: membershipSchema }), to: 'user' }),
  /** the event with the greatest version is the newest */
  'draft.updated': event({
    schema: z.object({ conversationId: idSchema, draft: z.string(), version: z.int() }),
    to: 'user',
  }),
};
