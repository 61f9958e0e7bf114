import WebSocket from 'ws';

/** Connection timeout of Socket.IO in the browser. */
const timeoutMs = 20_000;

/** An event's name and payload. Immutable, because all clients that received the same bytes share it. */
export type Event = readonly [name: string, payload: never];

/**
 * A minimal Socket.IO 4 client: Engine.IO 4 and Socket.IO 5 framing by hand over `ws`, so that the load generator uses little CPU. It can
 * connect, send requests with acks, and receive events.
 * Framing: https://github.com/socketio/socket.io-protocol
 */
export class WireClient {
  onEvent: (event: Event) => void = () => undefined;
  onClose: () => void = () => undefined;
  #nextId = 0;
  readonly #acks = new Map<number, (json: string) => void>();

  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @param auth the handshake's auth object */
  static async connect(port: number, auth: object): Promise<WireClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      handshakeTimeout: timeoutMs,
    });
    const client = new WireClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => {
        reject(new Error('closed'));
        client.onClose();
      });
      socket.on('message', (data: Buffer) => {
        const type = data[0];
        if (type === 0x30) socket.send(`40${JSON.stringify(auth)}`);
        else if (type === 0x32) socket.send('3');
        else if (type === 0x34) client.#packet(data, resolve, reject);
      });
    });
    return client;
  }

  /** Sends a request. @returns the JSON text of its ack, an array of one element */
  request(event: string, input: string): Promise<string> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      this.#acks.set(id, resolve);
      this.#socket.send(`42${id}["${event}",${input}]`);
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  /** Stops reading from the network, like a client that hangs. */
  pause(): void {
    this.#socket.pause();
  }

  #packet(data: Buffer, connected: () => void, refused: (error: Error) => void): void {
    const type = data[1];
    if (type === 0x32) this.onEvent(decode(data));
    else if (type === 0x33) {
      const text = data.toString('latin1', 2, 14);
      const bracket = text.indexOf('[');
      const id = Number(text.slice(0, bracket));
      this.#acks.get(id)?.(data.toString('utf8', 2 + bracket));
      this.#acks.delete(id);
    } else if (type === 0x30) connected();
    else if (type === 0x34) refused(new Error(data.toString('utf8', 2)));
  }
}

// All clients in a room receive the same bytes, which are decoded once. The first bytes, with the first message's id, are the cache key.
const decoded = new Map<string, Event>();

function decode(data: Buffer): Event {
  const key = data.toString('latin1', 2, 200);
  const known = decoded.get(key);
  if (known) return known;
  if (decoded.size > 5_000) decoded.clear();
  const text = data.toString('utf8');
  const event = JSON.parse(text.slice(text.indexOf('['))) as Event;
  decoded.set(key, event);
  return event;
}
