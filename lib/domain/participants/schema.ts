import { z } from 'zod';
import type { User } from '@/lib/domain/users/schema';
import { cursorSchema, limitSchema } from '@/lib/platform/paging/schema';
import { idSchema } from '@/lib/platform/validation/schema';

export interface Participant {
  user: User;
  role: ParticipantRole;
  joinedAt: string;
  leftAt: string | null;
  lastReadSeq: number;
  lastReadAt: string | null;
  lastDeliveredSeq: number;
}

export type ParticipantRole = 'admin' | 'member';

export const listParticipantsSchema = z.object({ cursor: cursorSchema.optional(), limit: limitSchema(50) });
export type ListParticipantsQuery = z.output<typeof listParticipantsSchema>;
export const addParticipantsSchema = z.object({ userIds: z.array(idSchema).min(1).max(1_000) });
export const updateParticipantSchema = z.object({ role: z.enum(['admin', 'member']) });
export type UpdateParticipantInput = z.output<typeof updateParticipantSchema>;

export interface ParticipantPage {
  participants: Participant[];
  nextCursor: string | null;
}
