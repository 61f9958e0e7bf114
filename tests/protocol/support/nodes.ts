import { randomUUID } from 'node:crypto';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { SendAck } from '@/lib/domain/messages/schema';
import { parseRest } from '@/tests/support/answers';
import { Client, register, signIn } from '@/tests/support/client';
import type { Cluster } from '@/tests/support/cluster';
import { nodeCookie } from '@/tests/support/nginx';

/** How to reach a node: directly, or through nginx with a cookie that selects the node. */
export type Way = 'directly' | 'through nginx';

/** A signed-in device of a person on one node. */
export class Device {
  readonly #door: Door;

  private constructor(
    readonly person: Person,
    readonly socket: Client,
    readonly token: string,
    door: Door,
  ) {
    this.#door = door;
  }

  static async of(person: Person, door: Door): Promise<Device> {
    const { token } = await signIn(door.origin, person.email, person.password);
    const socket = await new Client(door.origin, { token, cookie: door.cookie }).connected();
    return new Device(person, socket, token, door);
  }

  /** Another device of the same person at the same node. */
  another(): Promise<Device> {
    return Device.of(this.person, this.#door);
  }

  async sessionId(): Promise<string> {
    const { data } = await this.call('GET', '/api/me/sessions');
    const own = (data as { sessions: { id: string; current: boolean }[] }).sessions.find(({ current }) => current);
    if (!own) throw new Error(`${this.person.name} has no session.`);
    return own.id;
  }

  /** Calls REST on the same node. @returns the status and the parsed body */
  async call(method: string, path: string, body?: object): Promise<{ status: number; data: never }> {
    const response = await fetch(this.#door.origin + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', cookie: this.#door.cookie },
      body: body && JSON.stringify(body),
    });
    const data: unknown = response.status === 204 ? '' : await response.json();
    parseRest(method, path, response.status, data);
    return { status: response.status, data: data as never };
  }

  say(conversationId: string, content: string): Promise<SendAck> {
    return this.socket.ask('message.send', { conversationId, clientMessageId: randomUUID(), content });
  }

  /** Waits for the message with this text. */
  async hears(content: string): Promise<void> {
    await this.socket.hear('message.received', ({ messages }) => messages.some((message) => message.content === content));
  }

  /** Creates a public group of this person and these people. @returns its id */
  async group(members: Device[]): Promise<string> {
    const memberIds = members.map(({ person }) => person.id);
    const input = { kind: 'group', name: 'Across', visibility: 'public', memberIds };
    const { conversation }: { conversation: Conversation } = await this.socket.ask('conversation.create', input);
    return conversation.id;
  }
}

export interface Person {
  id: string;
  name: string;
  email: string;
  password: string;
}

interface Door {
  origin: string;
  cookie: string;
}

export const doorTo = ({ origin, nodes }: Cluster, node: 0 | 1, way: Way): Door => ({
  origin: way === 'directly' ? nodes[node].origin : origin,
  cookie: `${nodeCookie}=${node}`,
});

export async function newPerson({ origin }: Cluster, name: string): Promise<Person> {
  const input = { name, email: `${randomUUID()}@parley.test`, password: 'a password for all nodes' };
  return { ...input, id: (await register(origin, input)).user.id };
}
