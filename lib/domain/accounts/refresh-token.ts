import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from '@/lib/domain/accounts/secret';
import { endSession, fromNow } from '@/lib/domain/sessions/session';
import { run } from '@/lib/platform/db/sql';
import { ParleyError } from '@/lib/platform/errors/error';
import { idSchema } from '@/lib/platform/validation/schema';

/** Seconds for which the previous token still returns the current one, because tabs race and answers get lost. */
const graceSeconds = 60;

interface RefreshClaims {
  sessionId: string;
  counter: number;
}

/** Derived, not stored: the session's row has only the counter, so the same token can be returned again. */
export function refreshTokenOf(sessionId: string, counter: number): string {
  return `${sessionId}.${counter}.${seal(sessionId, counter)}`;
}

/** @returns null when the token is not ours */
export function readRefreshToken(token: string): RefreshClaims | null {
  const [id = '', digits = '', sealed = '', ...rest] = token.split('.');
  const sessionId = idSchema.safeParse(id);
  if (!sessionId.success || !/^\d{1,9}$/.test(digits) || rest.length > 0) return null;
  const counter = Number(digits);
  const expected = Buffer.from(seal(sessionId.data, counter));
  const given = Buffer.from(sealed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { sessionId: sessionId.data, counter };
}

/**
 * Exchanges a refresh token for the next one. The previous token returns the current one for a minute. Any older token must be a
 * stolen copy (RFC 9700, 4.14.2), and ends the session.
 * @throws UNAUTHENTICATED
 */
export async function rotateRefreshToken(token: string): Promise<{ userId: string; sessionId: string; refreshToken: string }> {
  const claims = readRefreshToken(token);
  if (!claims) throw refused();
  const next = (await advance(claims)) ?? (await repeat(claims));
  if (!next) {
    await endSession(claims.sessionId);
    throw refused();
  }
  return { userId: next.userId, sessionId: claims.sessionId, refreshToken: refreshTokenOf(claims.sessionId, next.counter) };
}

type Rotation = { userId: string; counter: number };

/** Increments the counter. Of several concurrent requests only one can succeed. */
async function advance({ sessionId, counter }: RefreshClaims): Promise<Rotation | undefined> {
  const [rotation] = await run<Rotation>('accounts.refresh.advance', refreshAdvanceText, [sessionId, counter, fromNow()]);
  return rotation;
}

async function repeat({ sessionId, counter }: RefreshClaims): Promise<Rotation | undefined> {
  const [rotation] = await run<Rotation>('accounts.refresh.repeat', refreshRepeatText, [sessionId, counter, graceSeconds]);
  return rotation;
}

const seal = (sessionId: string, counter: number): string =>
  createHmac('sha256', keyFor('refresh token')).update(`${sessionId}.${counter}`).digest('base64url');

const refused = () => new ParleyError('UNAUTHENTICATED', 'The refresh token is not valid any more. Sign in again.');

const refreshAdvanceText = `
  UPDATE "Session" SET "refreshCounter" = "refreshCounter" + 1, "refreshedAt" = now(), "lastSeenAt" = now(), "expiresAt" = $3
  WHERE id = $1 AND "refreshCounter" = $2 AND "revokedAt" IS NULL AND "expiresAt" > now()
  RETURNING "userId", "refreshCounter" AS counter`;

const refreshRepeatText = `
  SELECT "userId", "refreshCounter" AS counter FROM "Session"
  WHERE id = $1 AND "refreshCounter" = $2 + 1 AND "refreshedAt" > now() - make_interval(secs => $3)
    AND "revokedAt" IS NULL AND "expiresAt" > now()`;
