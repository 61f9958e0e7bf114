import { z } from 'zod';
import { idSchema, timeSchema } from '@/lib/platform/validation/schema';

/** A link that lets one person in while registration is closed. */
export const inviteSchema = z.object({
  id: idSchema,
  /** shown once: only its hash is kept */
  url: z.string(),
  expiresAt: timeSchema,
});
export type Invite = z.infer<typeof inviteSchema>;

export const inviteAnswerSchema = z.object({ invite: inviteSchema });

/** Milliseconds for which an invitation stands. */
export const inviteLastsMs = 7 * 24 * 60 * 60 * 1_000;
