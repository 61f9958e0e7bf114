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

export const sessionsAnswerSchema = z.object({ sessions: z.array(deviceSessionSchema) });

export const tokenGrantSchema = z.object({ token: z.string(), expiresAt: timeSchema, refreshToken: z.string() });
export type TokenGrant = z.infer<typeof tokenGrantSchema>;

/** Whoever comes with an `Origin` gets the refresh token as a cookie. */
export const refreshedAnswerSchema = tokenGrantSchema.partial({ refreshToken: true });
export const signedInAnswerSchema = refreshedAnswerSchema.extend({ user: meSchema });

/** A client without cookies brings its refresh token in the body; a page's comes by cookie. */
export const refreshSchema = z.object({ refreshToken: z.string().min(1).max(200).optional() });
