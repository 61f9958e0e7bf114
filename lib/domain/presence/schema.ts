import { z } from 'zod';
import { type Status, statusTextSchema } from '@/lib/domain/users/schema';
import { idSchema } from '@/lib/platform/validation/schema';

/** Somebody is shown offline this long after their last device went: a reload is not a departure. */
export const offlineAfterMs = 5_000;

export const updateStatusSchema = z.object({
  status: z.enum(['online', 'away', 'busy']).optional(),
  statusText: statusTextSchema.optional(),
});

export const subscribeSchema = z.object({ userIds: z.array(idSchema).max(200) });

export interface PresenceChange {
  userId: string;
  status: Status;
  statusText: string;
  lastSeenAt: string | null;
}
