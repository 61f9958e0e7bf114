import { z } from 'zod';
import { messageSchema } from '@/lib/domain/messages/schema';
import { cursorSchema, limitSchema } from '@/lib/platform/paging/schema';

export const listPinsSchema = z.object({ cursor: cursorSchema.optional(), limit: limitSchema(50) });
export type ListPinsQuery = z.output<typeof listPinsSchema>;

/** The message that was pinned last comes first. */
export const pinPageSchema = z.object({
  pins: z.array(z.object({ message: messageSchema })),
  nextCursor: z.string().nullable(),
});
export type PinPage = z.infer<typeof pinPageSchema>;
