import { createHmac } from 'node:crypto';
import { env } from '@/lib/platform/env/env';

/** The workspace's secret, from the setting or generated at the first start. */
export function authSecret(): string {
  const secret = env().AUTH_SECRET;
  // With an empty key, anybody could sign.
  if (!secret) throw new Error('AUTH_SECRET is not set.');
  return secret;
}

/** A separate key for each purpose, so that a signature for one is invalid for another. */
export const keyFor = (purpose: string): Buffer => createHmac('sha256', authSecret()).update(`parley ${purpose}`).digest();
