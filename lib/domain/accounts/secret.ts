import { createHmac } from 'node:crypto';
import { env } from '@/lib/platform/env/env';

/** The workspace's secret, as given or as generated at the first start. */
export function authSecret(): string {
  const secret = env().AUTH_SECRET;
  // An empty key would sign for anybody.
  if (!secret) throw new Error('AUTH_SECRET is not set.');
  return secret;
}

/** A key of its own for each purpose, so that what is signed for one is worth nothing for another. */
export const keyFor = (purpose: string): Buffer => createHmac('sha256', authSecret()).update(`parley ${purpose}`).digest();
