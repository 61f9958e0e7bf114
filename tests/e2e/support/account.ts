import { randomBytes } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';

export interface Account {
  id: string;
  name: string;
  handle: string;
  email: string;
  password: string;
}

/** Registers a person and stores the session cookie in the request context, without the sign-in page. */
export async function register(request: APIRequestContext, name: string): Promise<Account> {
  const { email, password } = inventCredentials(name);
  const response = await request.post('/api/auth/register', { data: { name, email, password } });
  expect(response.status(), await response.text()).toBe(201);
  const { user } = await response.json();
  await signIn(request, { email, password });
  // The handle derived from the name may be a prefix of another one, and a search would find both.
  const handle = `${name.toLowerCase().split(' ')[0]}.${randomBytes(6).toString('hex')}`;
  const renamed = await request.patch('/api/me', { data: { handle } });
  expect(renamed.ok(), await renamed.text()).toBe(true);
  return { id: user.id, name, handle, email, password };
}

/** An unused address with its password. */
export function inventCredentials(name: string): { email: string; password: string } {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}.${randomBytes(4).toString('hex')}@parley.test`;
  return { email, password: `correct horse ${email}` };
}

export async function signIn(
  request: APIRequestContext,
  { email, password }: Pick<Account, 'email' | 'password'>,
): Promise<void> {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json();
  const form = { csrfToken, email, password, json: 'true', callbackUrl: '/' };
  const response = await request.post('/api/auth/callback/credentials', { form });
  expect(response.ok(), await response.text()).toBe(true);
  const me = await request.get('/api/me');
  expect(me.status(), 'signing in by cookie').toBe(200);
}
