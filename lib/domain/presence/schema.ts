import { z } from 'zod';
import { statusSchema, statusTextSchema } from '@/lib/domain/users/schema';
import { idSchema, timeSchema } from '@/lib/platform/validation/schema';

/** Somebody is shown offline this long after their last device went: a reload is not a departure. */
export const offlineAfterMs = 5_000;

export const updateStatusSchema = z.object({
  status: z.enum(['online', 'away', 'busy']).optional(),
  statusText: statusTextSchema.optional(),
});

export const subscribeSchema = z.object({ userIds: z.array(idSchema).max(200) });

export const presenceChangeSchema = z.object({
  userId: idSchema,
  status: statusSchema,
  statusText: z.string(),
  lastSeenAt: timeSchema.nullable(),
});
export type PresenceChange = z.infer<typeof presenceChangeSchema>;
