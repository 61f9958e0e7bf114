import type { Socket as NetSocket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Answer, ServerEvents } from '@/lib/domain/contract';
import type { ClientRequests, DataOf } from '@/lib/domain/requests';
import type { WireError } from '@/lib/platform/errors/schema';
import type { Person } from '@/tests/chaos/support/people';
import { Timeline } from '@/tests/chaos/support/timeline';

/** Without an answer for this long, a client considers its connection dead. */
const answerWithinMs = 4_000;
/** How long a client waits for a missing rev before it fetches the changes. */
const gapPatienceMs = 250;
const againMs = 100;
/** The server has not read most of these. More of them would only delay heartbeats. */
const maxUnanswered = 2_000;

export interface DeviceOptions {
  /** false: a faulty client that never fetches missed changes */
  catchesUp?: boolean;
  /** how long it waits for an answer before it considers the connection dead */
  patienceMs?: number;
}

/** The WebSocket of `ws` below Socket.IO, and its TCP connection. */
interface Wire {
  bufferedAmount: number;
  pause(): void;
  resume(): void;
  terminate(): void;
  /** null once it is closed */
  _socket: NetSocket | null;
}

/**
 * A client that follows docs/protocol.md: it reconnects, catches up by rev, and distinguishes a refusal from a lost answer. It uses
 * Socket.IO's client, so that heartbeats and reconnection are the real ones.
 */
export class Device {
  readonly socket: Socket<ServerEvents, ClientRequests>;
  readonly refusals: WireError[] = [];
  connections = 0;
  /** the longest time from a connection until it had caught up, in ms */
  slowestCatchUp = 0;
  readonly #timelines: Map<string, Timeline>;
  readonly #waiting = new Set<() => void>();
  /** conversations with missing revs that will be fetched */
  readonly #gaps = new Set<string>();
  #closed = false;

  readonly #options: DeviceOptions;
  /** @param conversations the ids of those it shows */
  constructor(
    origin: string,
    readonly person: Person,
    conversations: string[],
    options: DeviceOptions = {},
  ) {
    this.#options = options;
    this.#timelines = new Map(conversations.map((id) => [id, new Timeline()]));
    this.socket = io(origin, {
      ...{ transports: ['websocket'], forceNew: true, auth: { token: person.token } },
      ...{ reconnectionDelay: 50, reconnectionDelayMax: 400, timeout: 2_000 },
    });
    this.socket.on('connection.authenticated', () => void this.#begin());
    this.socket.on('message.received', ({ conversationId, messages }) => this.#hear(conversationId, messages));
    this.socket.on('disconnect', (reason) => {
      for (const giveUp of this.#waiting) giveUp();
      // Socket.IO does not reconnect by itself when the server closed the connection.
      if (reason === 'io server disconnect') this.#comeBack();
    });
    this.socket.on('connect_error', (error) => {
      if (!('data' in error)) return;
      this.refusals.push(error.data as WireError);
      this.#comeBack();
    });
  }

  timeline(conversationId: string): Timeline {
    const timeline = this.#timelines.get(conversationId);
    if (!timeline) throw new Error(`${this.person.name} does not show ${conversationId}.`);
    return timeline;
  }

  /** Resolves as soon as it is connected. */
  async online(): Promise<this> {
    while (!this.socket.connected) await wait(10);
    return this;
  }

  /** @returns null if the connection was lost before the answer; the request may have been carried out or not */
  ask<Event extends keyof ClientRequests>(event: Event, input: unknown): Promise<Answer<DataOf<Event>> | null> {
    if (!this.socket.connected) return Promise.resolve(null);
    return new Promise((resolve) => {
      const done = (answer: Answer<DataOf<Event>> | null) => {
        clearTimeout(timer);
        this.#waiting.delete(giveUp);
        resolve(answer);
      };
      const giveUp = () => done(null);
      const timer = setTimeout(() => this.cut(), this.#options.patienceMs ?? answerWithinMs);
      this.#waiting.add(giveUp);
      (this.socket.emit as (event: string, ...rest: unknown[]) => void).call(this.socket, event, input, done);
    });
  }

  /** Terminates the connection without a close frame. The client reconnects by itself. */
  cut(): void {
    this.#wire()?.terminate();
  }

  /** Resets the TCP connection, and so discards what the server has not read. */
  abandon(): void {
    this.#wire()?._socket?.resetAndDestroy();
  }

  /** Whether its messages pile up, in its own buffer or unread by the server. */
  get isCongested(): boolean {
    return (this.#wire()?.bufferedAmount ?? 0) > 256 * 1_024 || this.#waiting.size > maxUnanswered;
  }

  /** Stops reading from the network, like a program that hangs. */
  stopReading(): void {
    this.#wire()?.pause();
  }

  readAgain(): void {
    this.#wire()?.resume();
  }

  close(): void {
    this.#closed = true;
    this.socket.disconnect();
  }

  open(): void {
    this.#closed = false;
    this.socket.connect();
  }

  /** Compares the heads of its conversations, as clients do every 30 s. Only this reveals a silent loss. */
  async askHeads(): Promise<void> {
    const answer = await this.ask('conversation.heads', { conversationIds: [...this.#timelines.keys()] });
    if (!answer?.ok) return;
    for (const { conversationId, lastRev } of answer.data.heads)
      if (lastRev > this.timeline(conversationId).rev) await this.#catchUp(conversationId);
  }

  async #begin(): Promise<void> {
    this.connections += 1;
    const connection = this.connections;
    const begun = performance.now();
    for (const timeline of this.#timelines.values()) timeline.begin();
    await Promise.all([...this.#timelines.keys()].map((id) => this.#catchUp(id)));
    if (connection === this.connections) this.slowestCatchUp = Math.max(this.slowestCatchUp, performance.now() - begun);
  }

  #hear(conversationId: string, messages: Parameters<Timeline['hear']>[0]): void {
    const timeline = this.#timelines.get(conversationId);
    timeline?.hear(messages);
    if (!timeline?.hasGap || this.#gaps.has(conversationId)) return;
    this.#gaps.add(conversationId);
    setTimeout(async () => {
      if (timeline.hasGap) await this.#catchUp(conversationId);
      this.#gaps.delete(conversationId);
    }, gapPatienceMs);
  }

  /** Fetches changes until none are left, or until the connection is lost: the next one starts again. */
  async #catchUp(conversationId: string): Promise<void> {
    if (this.#options.catchesUp === false) return;
    const timeline = this.timeline(conversationId);
    const connection = this.connections;
    for (let more = true; more && connection === this.connections; ) {
      const answer = await this.ask('message.changes', { conversationId, since: timeline.rev, limit: 1_000 });
      if (!answer) return;
      if (!answer.ok) {
        await wait(againMs);
        continue;
      }
      const { messages, rev, reset } = answer.data;
      if (reset && !(await this.#reload(conversationId))) continue;
      timeline.catchUp(messages, rev);
      more = answer.data.more;
    }
  }

  /** Reloads all pages with unknown messages, newest first, after a `reset`. @returns false if one failed */
  async #reload(conversationId: string): Promise<boolean> {
    const timeline = this.timeline(conversationId);
    for (let before: string | undefined, more = true; more; ) {
      const answer = await this.ask('message.history', { conversationId, before, limit: 100 });
      if (!answer?.ok) return false;
      const { messages, prevCursor } = answer.data;
      timeline.catchUp(messages, 0);
      before = prevCursor ?? undefined;
      // Nothing is edited in these tests, so messages older than a known one are known too. If not, the checker finds it.
      more = before !== undefined && (messages[0]?.rev ?? 0) > timeline.rev;
    }
    return true;
  }

  #comeBack(): void {
    setTimeout(() => this.#closed || this.socket.connect(), againMs);
  }

  #wire(): Wire | undefined {
    return (this.socket.io.engine?.transport as unknown as { ws?: Wire } | undefined)?.ws;
  }
}
