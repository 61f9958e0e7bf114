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
