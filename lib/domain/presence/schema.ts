import { z } from 'zod';
import { canonicalName } from '@/lib/platform/text/names';
import { idSchema, textSchema, timeSchema } from '@/lib/platform/validation/schema';

export const statusSchema = z.enum(['online', 'away', 'busy', 'offline']);
export type Status = z.infer<typeof statusSchema>;

/** What somebody chose to show while a device of theirs is on. */
export type Availability = Exclude<Status, 'offline'>;

export const statusTextSchema = textSchema(() => 100).transform(canonicalName);

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
