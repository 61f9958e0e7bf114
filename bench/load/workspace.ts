import type { Outcome } from '@/bench/load/generator';
import type { Message, MessagePage } from '@/lib/domain/messages/schema';

export interface Account {
  id: string;
  /** what the socket's handshake takes */
  auth: object;
  token: string;
}

export interface Room {
  id: string;
  lastSeq: number;
}

/** Concurrent registrations. Hashing a password occupies a core, so more would only wait for each other. */
const concurrency = 4;

/** Creates accounts and groups on a running Parley through its REST API, like any client. */
export class Workspace {
  readonly #registered: Account[] = [];
  readonly #runId = Date.now().toString(36);

  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The first `count` people of this workspace. Registers those that are missing. */
  async accounts(count: number): Promise<Account[]> {
    while (this.#registered.length < count) {
      const next = Math.min(concurrency, count - this.#registered.length);
      this.#registered.push(
        ...(await Promise.all(Array.from({ length: next }, (_, index) => this.#register(this.#registered.length + index)))),
      );
    }
    return this.#registered.slice(0, count);
  }

  async room(members: Account[]): Promise<Room> {
    const [creator, ...others] = members;
    if (!creator) throw new Error('A room needs at least one member.');
    const body = { kind: 'group', name: 'Bench', memberIds: others.map((account) => account.id) };
    const { conversation } = await this.#call<{ conversation: Room }>('POST', '/api/conversations', body, creator.token);
    this.#owner.set(conversation.id, creator);
    return conversation;
  }

  /** Reads the room's messages, newest first. @returns the number of acknowledged messages that are missing or different */
  async reread(roomId: string, acked: Outcome['acked'], content: string): Promise<number> {
    const mine = acked.filter(([room]) => room === roomId);
    const first = Math.min(...mine.map(([, seq]) => seq));
    const stored = new Map<string, Message>();
    for (let before: string | null = ''; before !== null; ) {
      const page: MessagePage = await this.#page(roomId, before && `&before=${before}`);
      for (const message of page.messages) stored.set(message.id, message);
      before = (page.messages[0]?.seq ?? 0) > first ? page.prevCursor : null;
    }
    return mine.filter(([, seq, id, clientMessageId]) => {
      const message = stored.get(id);
      return message?.seq !== seq || message.clientMessageId !== clientMessageId || message.content !== content;
    }).length;
  }

  readonly #owner = new Map<string, Account>();

  #page(roomId: string, cursor: string): Promise<MessagePage> {
    return this.#call(
      'GET',
      `/api/conversations/${roomId}/messages?limit=100${cursor}`,
      undefined,
      this.#owner.get(roomId)?.token,
    );
  }

  async #register(index: number): Promise<Account> {
    const email = `bench-${this.#runId}-${index}@parley.test`;
    const password = 'a password of the bench';
    await this.#call('POST', '/api/auth/register', { name: `Person ${index}`, email, password });
    const { token, user } = await this.#call<{ token: string; user: { id: string } }>('POST', '/api/auth/token', {
      email,
      password,
    });
    return { id: user.id, auth: { token }, token };
  }

  async #call<Data>(method: string, path: string, body?: object, token?: string): Promise<Data> {
    const response = await fetch(this.#origin + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
    return JSON.parse(text) as Data;
  }
}
