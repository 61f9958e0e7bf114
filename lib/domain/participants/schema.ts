import { z } from 'zod';
import { userSchema } from '@/lib/domain/users/schema';
import { cursorSchema, limitSchema } from '@/lib/platform/paging/schema';
import { idSchema, timeSchema } from '@/lib/platform/validation/schema';

export const participantRoleSchema = z.enum(['admin', 'member']);
export type ParticipantRole = z.infer<typeof participantRoleSchema>;

export const participantSchema = z.object({
  user: userSchema,
  role: participantRoleSchema,
  joinedAt: timeSchema,
  leftAt: timeSchema.nullable(),
  lastReadSeq: z.int(),
  lastReadAt: timeSchema.nullable(),
  lastDeliveredSeq: z.int(),
});
export type Participant = z.infer<typeof participantSchema>;

/** A participant of a conversation. As in paths, `me` is the person who sends the request. */
export const byParticipantSchema = z.object({ conversationId: idSchema, userId: z.literal('me').or(idSchema) });

export const listParticipantsSchema = z.object({ cursor: cursorSchema.optional(), limit: limitSchema(50) });
export type ListParticipantsQuery = z.output<typeof listParticipantsSchema>;
export const addParticipantsSchema = z.object({ userIds: z.array(idSchema).min(1).max(1_000) });
export const updateParticipantSchema = z.object({ role: participantRoleSchema });
export type UpdateParticipantInput = z.output<typeof updateParticipantSchema>;

export const participantPageSchema = z.object({ participants: z.array(participantSchema), nextCursor: z.string().nullable() });
export type ParticipantPage = z.infer<typeof participantPageSchema>;

export const participantAnswerSchema = z.object({ participant: participantSchema });
