import { randomBytes } from 'node:crypto';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { Conversation } from '@/lib/conversations/schema';
import type { Message } from '@/lib/messages/schema';

export interface Account {
  id: string;
  name: string;
  email: string;
  password: string;
}

/** Registers a person and leaves the session's cookie in the request's context: the fast way past the sign-in page. */
export async function register(request: APIRequestContext, name: string): Promise<Account> {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}.${randomBytes(4).toString('hex')}@parley.test`;
  const password = `correct horse ${email}`;
  const response = await request.post('/api/auth/register', { data: { name, email, password } });
  expect(response.status(), await response.text()).toBe(201);
  const { user } = await response.json();
  await signIn(request, email, password);
  return { id: user.id, name, email, password };
}

async function signIn(request: APIRequestContext, email: string, password: string): Promise<void> {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json();
  const form = { csrfToken, email, password, json: 'true', callbackUrl: '/' };
  const response = await request.post('/api/auth/callback/credentials', { form });
  expect(response.ok(), await response.text()).toBe(true);
  const me = await request.get('/api/me');
  expect(me.status(), 'signing in by cookie').toBe(200);
}

/** A signed-in person in front of a browser. What a test is not about, they do by REST. */
export class Actor {
  readonly page: Page;
  readonly account: Account;

  constructor(page: Page, account: Account) {
    this.page = page;
    this.account = account;
  }

  get id(): string {
    return this.account.id;
  }

  get name(): string {
    return this.account.name;
  }

  /** Asks the REST API as this person; the answer must be a success. */
  async ask<Data>(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, data?: unknown): Promise<Data> {
    const response = await this.page.context().request.fetch(path, { method, data });
    expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true);
    return response.status() === 204 ? (undefined as Data) : ((await response.json()) as Data);
  }

  /** @returns the id of the direct conversation with them */
  async directWith(other: Actor): Promise<string> {
    return (await this.ask<{ conversation: Conversation }>('POST', '/api/conversations', { kind: 'direct', userId: other.id }))
      .conversation.id;
  }

  /** @returns the id of a new group */
  async group(name: string, members: Actor[], visibility: 'public' | 'private' = 'private'): Promise<string> {
    const memberIds = members.map((member) => member.id);
    const data = { kind: 'group', name, visibility, memberIds };
    return (await this.ask<{ conversation: Conversation }>('POST', '/api/conversations', data)).conversation.id;
  }

  async send(conversationId: string, content: string): Promise<Message> {
    return (await this.ask<{ message: Message }>('POST', `/api/conversations/${conversationId}/messages`, { content })).message;
  }

  /** Opens a conversation in the browser and waits for its composer. */
  async open(conversationId: string): Promise<void> {
    await this.page.goto(`/c/${conversationId}`);
    await expect(this.page.getByRole('textbox', { name: /message/i })).toBeVisible();
  }
}
