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
/** Several conversations, or all of them. */
export const markSchema = z
  .object({ conversationIds: z.array(idSchema).min(1).max(1_000).optional(), all: z.literal(true).optional() })
  .refine(({ conversationIds, all }) => (conversationIds === undefined) === (all === true), {
    path: ['conversationIds'],
    message: 'Expected either conversationIds or all: true.',
  });
export type MarkInput = z.output<typeof markSchema>;

/** `undo`: the id by which it can be undone */
export const markedAnswerSchema = z.object({ undo: idSchema });
export type MarkedAnswer = z.infer<typeof markedAnswerSchema>;

export const undoSchema = z.object({ undoId: idSchema });
/** the conversations that are unread again */
export const undoneAnswerSchema = z.object({ conversationIds: z.array(idSchema) });
export type UndoneAnswer = z.infer<typeof undoneAnswerSchema>;

export const unreadSchema = z.object({ seq: counterSchema.refine((seq) => seq >= 1, 'At least 1.') });
