import { z } from 'zod';
import { counterSchema } from '@/lib/platform/paging/schema';

/** How far a person's read or delivered watermark has come. */
export interface Receipt {
  userId: string;
  seq: number;
  at: string;
}

export interface ReadState {
  lastReadSeq: number;
  unreadCount: number;
}

export const readSchema = z.object({ seq: counterSchema.optional() });
export const deliveredSchema = z.object({ seq: counterSchema });
export const unreadSchema = z.object({ seq: counterSchema.refine((seq) => seq >= 1, 'At least 1.') });
