import { expect, inject } from 'vitest';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { WireError } from '@/lib/platform/errors/schema';
import { parseRest } from '@/tests/support/answers';

/** A client written against docs/protocol.md alone. It knows paths and JSON, and none of Parley's code. */

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a protocol client reads untyped answers, and asserts on them.
  data: any;
}

type Body = string | Uint8Array | FormData | object | null;

export async function call(
  method: string,
  path: string,
  body?: Body,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
  const response = await fetch(inject('origin') + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(body !== undefined && !(body instanceof FormData) ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('application/json');
  const data = json && text ? JSON.parse(text) : text;
  parseRest(method, path, response.status, data);
  return { status: response.status, headers: response.headers, data };
}

export interface Client {
  id: string;
  name: string;
  handle: string;
  email: string;
  token: string;
  refreshToken: string;
  get: (path: string) => Promise<Answer>;
  post: (path: string, body?: Body) => Promise<Answer>;
  put: (path: string, body?: Body) => Promise<Answer>;
  patch: (path: string, body?: Body) => Promise<Answer>;
  delete: (path: string) => Promise<Answer>;
}

export const password = 'correct horse battery';
let made = 0;

/** Registers a person and signs them in with a token. */
export async function person(name: string): Promise<Client> {
  made += 1;
  const email = `${name.toLowerCase()}-${process.pid}-${made}-${Date.now()}@parley.test`;
  const registered = await call('POST', '/api/auth/register', { name, email, password });
  expect(registered.status, JSON.stringify(registered.data)).toBe(201);
  const signedIn = await call('POST', '/api/auth/token', { email, password });
  expect(signedIn.status).toBe(200);
  const { token, refreshToken, user } = signedIn.data;
  const with_ = (method: string) => (path: string, body?: Body) => call(method, path, body, token);
  return {
    ...{ id: user.id, name, handle: user.handle, email, token, refreshToken },
    ...{ get: with_('GET'), post: with_('POST'), put: with_('PUT'), patch: with_('PATCH'), delete: with_('DELETE') },
  };
}

export async function group(maker: Client, members: Client[], more: object = {}): Promise<Conversation> {
  const body = { kind: 'group', name: 'Design', memberIds: members.map((member) => member.id), ...more };
  const answer = await maker.post('/api/conversations', body);
  expect(answer.status, JSON.stringify(answer.data)).toBe(201);
  return answer.data.conversation;
}

export async function say(sender: Client, conversationId: string, content: string, more: object = {}): Promise<Message> {
  const answer = await sender.post(`/api/conversations/${conversationId}/messages`, { content, ...more });
  expect(answer.status, JSON.stringify(answer.data)).toBe(201);
  return answer.data.message;
}

/** Asserts a documented error, with all its fields. */
export function refused(answer: Answer, status: number, code: WireError['code']): void {
  expect({ status: answer.status, code: answer.data?.error?.code }, JSON.stringify(answer.data)).toEqual({ status, code });
  expect(answer.data.error.message).toEqual(expect.any(String));
  if (code === 'VALIDATION_FAILED') expect(answer.data.error.fields).toEqual(expect.any(Object));
}
