import { io, type Socket } from 'socket.io-client';
import type { Answer, ServerEvents, ServerPayloads } from '@/lib/domain/contract';
import type { ClientRequests, DataOf } from '@/lib/domain/requests';
import { parseAck, parseEvent, parseRest } from '@/tests/support/answers';

/** What takes longer than this is considered missing. */
const patienceMs = 15_000;

type Name = keyof ServerPayloads;
type Heard = { [Event in Name]: { event: Event; payload: ServerPayloads[Event] } }[Name];
interface Waiter {
  event: Name;
  matches: (payload: never) => boolean;
  found: (heard: Heard) => void;
}

export interface Handshake {
  token?: unknown;
  cookie?: string;
  origin?: string;
  transports?: string[];
}

/** A client of the protocol, as anybody would write one. It sends requests with acks, and waits for events instead of for time. */
export class Client {
  readonly socket: Socket<ServerEvents, ClientRequests>;
  /** every event, in order, including those that hear() has returned */
  readonly log: Heard[] = [];
  readonly #unheard: Heard[] = [];
  #waiters: Waiter[] = [];

  constructor(url: string, handshake: Handshake) {
    this.socket = io(url, {
      transports: handshake.transports ?? ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: handshake.token === undefined ? {} : { token: handshake.token },
      extraHeaders: {
        ...(handshake.cookie === undefined ? {} : { cookie: handshake.cookie }),
        ...(handshake.origin === undefined ? {} : { origin: handshake.origin }),
      },
    });
    this.socket.onAny((event: Name, payload) => this.#receive({ event, payload } as Heard));
  }

  /** Resolves when the server has authenticated this client. */
  async connected(): Promise<this> {
    await within(
      new Promise<void>((resolve, reject) => {
        this.socket.once('connection.authenticated', () => resolve());
        this.socket.once('connect_error', reject);
      }),
      'being connected',
    );
    return this;
  }

  /** The error of a refused handshake. */
  refused(): Promise<Error & { data?: { code: string; message: string } }> {
    return within(
      new Promise((resolve, reject) => {
        this.socket.once('connect_error', resolve);
        this.socket.once('connect', () => reject(new Error('The handshake was accepted.')));
      }),
      'a refusal',
    );
  }

  closed(): Promise<string> {
    return within(new Promise((resolve) => this.socket.once('disconnect', resolve)), 'being disconnected');
  }

  /** The raw answer, whether it succeeded or failed. */
  answer<Event extends keyof ClientRequests>(event: Event, ...input: unknown[]): Promise<Answer<DataOf<Event>>> {
    const emit = this.socket.emit.bind(this.socket) as (event: string, ...rest: unknown[]) => void;
    return within(
      new Promise((resolve, reject) =>
        emit(event, ...input, (answer: Answer<DataOf<Event>>) => {
          try {
            parseAck(event, answer);
            resolve(answer);
          } catch (error) {
            reject(error);
          }
        }),
      ),
      `the answer to ${event}`,
    );
  }

  /** The data of an answer, which must be a success. */
  async ask<Event extends keyof ClientRequests>(event: Event, input: unknown): Promise<DataOf<Event>> {
    const answer = await this.answer(event, input);
    if (!answer.ok) throw new Error(`${event} was refused: ${JSON.stringify(answer.error)}`);
    return answer.data;
  }

  /** The error code of an answer, which must be a failure. */
  async code(event: keyof ClientRequests, input: unknown): Promise<string> {
    const answer = await this.answer(event, input);
    return answer.ok ? 'ok' : answer.error.code;
  }

  /** The next matching event with that name, whether it has arrived or not. Each event is returned once. */
  hear<Event extends Name>(event: Event, matches: (payload: ServerPayloads[Event]) => boolean = () => true) {
    const index = this.#unheard.findIndex((heard) => heard.event === event && matches(heard.payload as never));
    if (index >= 0) return Promise.resolve(this.#unheard.splice(index, 1)[0]?.payload as ServerPayloads[Event]);
    return within(
      new Promise<ServerPayloads[Event]>((resolve) => {
        this.#waiters.push({ event, matches, found: (heard) => resolve(heard.payload as ServerPayloads[Event]) });
      }),
      event,
    );
  }

  /**
   * All events with these names until now. An ack arrives after everything that was sent to this socket before it. So once another client has
   * received an event, this proves whether this client was sent it too.
   */
  async heardSoFar(...names: Name[]): Promise<Heard[]> {
    await this.answer('conversation.heads', { conversationIds: [] });
    return this.log.filter((heard) => names.includes(heard.event));
  }

  close(): void {
    this.socket.disconnect();
  }

  #receive(heard: Heard): void {
    parseEvent(heard.event, heard.payload);
    this.log.push(heard);
    const waiter = this.#waiters.find((one) => one.event === heard.event && one.matches(heard.payload as never));
    if (!waiter) this.#unheard.push(heard);
    this.#waiters = this.#waiters.filter((one) => one !== waiter);
    waiter?.found(heard);
  }
}

/** Signs in by REST, as a client without cookies does. */
export async function signIn(url: string, email: string, password: string): Promise<{ token: string; refreshToken: string }> {
  return post(`${url}/api/auth/token`, { email, password });
}

/** What a request by REST was answered with instead. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Registers by REST. */
export async function register(url: string, input: { name: string; email: string; password: string; setupCode?: string }) {
  return post<{ user: { id: string } }>(`${url}/api/auth/register`, input);
}

async function post<Data>(address: string, body: unknown): Promise<Data> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Refused(response.status, `POST ${address} answered ${response.status}: ${await response.text()}`);
  const answer: unknown = await response.json();
  parseRest('POST', address, response.status, answer);
  return answer as Data;
}

async function within<Value>(coming: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${patienceMs} ms for ${what}.`)), patienceMs);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
