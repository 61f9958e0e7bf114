import { z } from 'zod';
import { idSchema, timeSchema } from '@/lib/platform/validation/schema';

/** A link with which one person can register while registration is closed. */
export const inviteSchema = z.object({
  id: idSchema,
  /** shown once: the database has only its hash */
  url: z.string(),
  expiresAt: timeSchema,
});
export type Invite = z.infer<typeof inviteSchema>;

/** Where the link leads. The door gives it; clients send nothing. */
export const createInviteSchema = z.object({ address: z.string() });

export const inviteAnswerSchema = z.object({ invite: inviteSchema });

/** Milliseconds until an invitation expires. */
export const inviteLastsMs = 7 * 24 * 60 * 60 * 1_000;
