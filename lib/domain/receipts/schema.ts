import { z } from 'zod';
import { counterSchema } from '@/lib/platform/paging/schema';
import { idSchema, timeSchema } from '@/lib/platform/validation/schema';

/** A person's read or delivered watermark. */
export const receiptSchema = z.object({ userId: idSchema, seq: z.int(), at: timeSchema });
export type Receipt = z.infer<typeof receiptSchema>;

export const readStateSchema = z.object({ lastReadSeq: z.int(), unreadCount: z.int() });
export type ReadState = z.infer<typeof readStateSchema>;

export const readSchema = z.object({ seq: counterSchema.optional() });
export const deliveredSchema = z.object({ seq: counterSchema });
export const unreadSchema = z.object({ seq: counterSchema.refine((seq) => seq >= 1, 'At least 1.') });
