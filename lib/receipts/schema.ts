import { z } from 'zod';
import { wholeNumberSchema } from '@/lib/paging/schema';

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

const seqSchema = wholeNumberSchema.refine((seq) => seq >= 0 && seq <= 2_147_483_647, 'Out of range.');

export const readSchema = z.object({ seq: seqSchema.optional() });
export const deliveredSchema = z.object({ seq: seqSchema });
export const unreadSchema = z.object({ seq: seqSchema.refine((seq) => seq >= 1, 'At least 1.') });
