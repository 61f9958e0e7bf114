import { z } from 'zod';
import { meSchema } from '@/lib/domain/users/schema';
import { idSchema, timeSchema } from '@/lib/platform/validation/schema';

/** A signed-in device. */
export const deviceSessionSchema = z.object({
  id: idSchema,
  device: z.string(),
  address: z.string(),
  createdAt: timeSchema,
  lastSeenAt: timeSchema,
  current: z.boolean(),
});
export type DeviceSession = z.infer<typeof deviceSessionSchema>;

export const bySessionSchema = z.object({ sessionId: idSchema });

export const sessionsAnswerSchema = z.object({ sessions: z.array(deviceSessionSchema) });

export const tokenGrantSchema = z.object({ token: z.string(), expiresAt: timeSchema, refreshToken: z.string() });
export type TokenGrant = z.infer<typeof tokenGrantSchema>;

/** Requests with an `Origin` get the refresh token as a cookie. */
export const refreshedAnswerSchema = tokenGrantSchema.partial({ refreshToken: true });
export const signedInAnswerSchema = refreshedAnswerSchema.extend({ user: meSchema });

/** Clients without cookies send their refresh token in the body; pages send it as a cookie. */
export const refreshSchema = z.object({ refreshToken: z.string().min(1).max(200).optional() });
