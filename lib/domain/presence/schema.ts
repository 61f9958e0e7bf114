import { z } from 'zod';
import { canonicalName } from '@/lib/platform/text/names';
import { idSchema, textSchema, timeSchema } from '@/lib/platform/validation/schema';

export const statusSchema = z.enum(['online', 'away', 'busy', 'offline']);
export type Status = z.infer<typeof statusSchema>;

/** The status that a person chose to show while one of their devices is connected. */
export type Availability = Exclude<Status, 'offline'>;

export const statusTextSchema = textSchema(() => 100).transform(canonicalName);

/** Time from the last device's disconnection until the person is shown as offline, because a page that reloads is soon back. */
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
