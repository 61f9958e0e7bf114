import { encode } from 'next-auth/jwt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signAccessToken } from '@/lib/domain/accounts/access-token';
import { readBearerToken } from '@/lib/doors/auth/bearer-token';
import { cookieName } from '@/lib/doors/auth/cookies';
import { readSessionCookie } from '@/lib/doors/auth/session-cookie';
import { verifiedOnce } from '@/lib/doors/auth/verified-tokens';
import { setAuthSecret } from '@/lib/platform/env/env';

const ada = { userId: 'ada', sessionId: 'of ada' };

beforeEach(() => {
  setAuthSecret('a secret of this test that is long enough');
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('a token is verified once, until it ends', async () => {
  const verify = vi.fn(async (token: string) => ({ claims: { token }, until: Date.now() + 1_000 }));
  for (const token of ['one', 'one', 'other', 'one'])
    expect(await verifiedOnce('access token', token, verify)).toEqual({ token });
  expect(verify.mock.calls).toEqual([['one'], ['other']]);
  vi.advanceTimersByTime(1_000);
  await verifiedOnce('access token', 'one', verify);
  expect(verify).toHaveBeenCalledTimes(3);
});

test('an invalid token is not cached, nor one that another secret signed', async () => {
  const verify = vi.fn(async () => null);
  for (const _ of [1, 2]) expect(await verifiedOnce('access token', 'forged', verify)).toBeNull();
  expect(verify).toHaveBeenCalledTimes(2);
  const { token } = await signAccessToken(ada.userId, ada.sessionId);
  expect(await readBearerToken(token)).toMatchObject(ada);
  setAuthSecret('another secret of this test that is long enough');
  expect(await readBearerToken(token)).toBeNull();
});

test('an access token that was remembered expires when it says so', async () => {
  const { token, expiresAt } = await signAccessToken(ada.userId, ada.sessionId);
  expect(await readBearerToken(token)).toMatchObject({ ...ada, expiresAt });
  vi.setSystemTime(expiresAt.getTime() - 1);
  expect(await readBearerToken(token)).toMatchObject(ada);
  vi.setSystemTime(expiresAt);
  await expect(readBearerToken(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
});

test('a cookie that was remembered is no access token, and expires too', async () => {
  const secret = 'a secret of this test that is long enough';
  const token = await encode({ token: { sub: ada.userId, sessionId: ada.sessionId }, secret, maxAge: 60 });
  const read = () => readSessionCookie(`${cookieName('session-token')}=${token}`);
  for (const _ of [1, 2]) expect(await read()).toEqual(ada);
  expect(await readBearerToken(token)).toBeNull();
  // The library allows a clock skew of some seconds.
  vi.advanceTimersByTime(90_000);
  expect(await read()).toBeNull();
});
