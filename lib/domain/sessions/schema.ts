import { z } from 'zod';

/** A signed-in device. */
export interface DeviceSession {
  id: string;
  device: string;
  address: string;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

export interface TokenGrant {
  token: string;
  expiresAt: string;
  refreshToken: string;
}

/** A client without cookies brings its refresh token in the body; a page's comes by cookie. */
export const refreshSchema = z.object({ refreshToken: z.string().min(1).max(200).optional() });
