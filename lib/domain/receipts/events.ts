import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { readStateSchema, receiptSchema } from '@/lib/domain/receipts/schema';
import { idSchema } from '@/lib/platform/validation/schema';

const receiptsSchema = z.object({ conversationId: idSchema, receipts: z.array(receiptSchema).min(1) });

export const receiptEvents = {
  'message.delivered': event({ schema: receiptsSchema, to: 'chat' }),
  'message.read': event({ schema: receiptsSchema, to: 'chat' }),
  /** the event with the greatest version is the newest */
  'read.updated': event({
    schema: readStateSchema.extend({ conversationId: idSchema, mentionCount: z.int(), version: z.int() }),
    to: 'user',
  }),
};
