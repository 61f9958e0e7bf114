import { expect, type Locator, type Page } from '@playwright/test';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { Account } from '@/tests/e2e/support/account';

/** A signed-in person with a browser. Tests prepare their data by REST. */
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

  get handle(): string {
    return this.account.handle;
  }

  /** The same person in another tab of the same browser. */
  async tab(): Promise<Actor> {
    return new Actor(await this.page.context().newPage(), this.account);
  }

  /** Calls the REST API as this person; the answer must be a success. */
  async ask<Data>(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, data?: unknown): Promise<Data> {
    const response = await this.page.context().request.fetch(path, { method, data });
    expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true);
    return response.status() === 204 ? (undefined as Data) : ((await response.json()) as Data);
  }

  /** @returns the id of the direct conversation with this person */
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

  /** Sends 'Message 1', 'Message 2', ... one after another. */
  async sendMany(conversationId: string, count: number): Promise<Message[]> {
    const messages: Message[] = [];
    for (let n = 1; n <= count; n += 1) messages.push(await this.send(conversationId, `Message ${n}`));
    return messages;
  }

  /** The stored messages, oldest first, without system messages. */
  async history(conversationId: string): Promise<Message[]> {
    const { messages } = await this.ask<{ messages: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
    return messages.filter(({ type }) => type !== 'system');
  }

  async unread(conversationId: string): Promise<number | undefined> {
    const { conversation } = await this.ask<{ conversation: Conversation }>('GET', `/api/conversations/${conversationId}`);
    return conversation.me?.unreadCount;
  }

  /** Opens a page and waits until it is live: scripts run, and the socket is connected. */
  async visit(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.isConnected();
  }

  /** Opens a conversation in the browser and waits for its composer. */
  async open(conversationId: string): Promise<void> {
    await this.visit(`/c/${conversationId}`);
    await expect(this.composer).toBeVisible();
  }

  async isConnected(): Promise<void> {
    await expect(this.page.locator('[data-connection]')).toHaveAttribute('data-connection', 'connected');
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^(Message |Write a note)/ });
  }

  get timeline(): Locator {
    return this.page.getByRole('log', { name: 'Messages' });
  }

  /** Every message on screen, in order. */
  get rows(): Locator {
    return this.timeline.getByRole('article');
  }

  /** The message with this text. */
  row(text: string): Locator {
    return this.rows.filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** The conversation's entry in the list, by its name for this person. */
  listed(name: string): Locator {
    return this.list.getByRole('link').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  get list(): Locator {
    return this.page.getByRole('navigation', { name: 'Conversations' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The person with this handle among the results of the open dialog. */
  offered(handle: string): Locator {
    return this.dialog.getByRole('option').filter({ has: this.page.getByText(`@${handle}`, { exact: true }) });
  }

  /** Types a message and sends it with Enter. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.row(text)).toBeVisible();
  }

  /** Chooses an item of a message's menu. */
  async choose(text: string, action: string): Promise<void> {
    await this.row(text).hover();
    await this.row(text).getByRole('button', { name: 'More actions' }).click();
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
  }
}
