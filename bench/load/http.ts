import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  status: number;
  /** size of the body */
  bytes: number;
}

const endOfHead = Buffer.from('\r\n\r\n');

/**
 * A minimal HTTP/1.1 client on one keep-alive connection, written over a plain socket, because `node:http` as a client uses as much CPU
 * as the measured server. It supports Content-Length and chunked bodies, and nothing else.
 */
export class HttpClient {
  #received: Buffer = Buffer.alloc(0);
  #answered: (answer: HttpAnswer) => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;

  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#failed(error));
    socket.on('close', () => this.#failed(new Error('The connection was closed.')));
  }

  static async connect(port: number): Promise<HttpClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new HttpClient(socket);
  }

  /** @param request the raw head and body */
  send(request: string): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#failed = () => undefined;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const answer = read(this.#received);
    if (!answer) return;
    this.#received = Buffer.alloc(0);
    this.#answered(answer);
  }
}

/** Parses a complete response. @returns undefined while it is incomplete */
export function read(received: Buffer): HttpAnswer | undefined {
  const end = received.indexOf(endOfHead);
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  const start = end + endOfHead.length;
  const [, length] = /\ncontent-length: *(\d+)/.exec(head) ?? [];
  if (length !== undefined) return received.length - start >= Number(length) ? { status, bytes: Number(length) } : undefined;
  const isWhole = status === 204 || received.subarray(-5).equals(endOfChunks);
  return isWhole ? { status, bytes: received.length - start } : undefined;
}

const endOfChunks = Buffer.from('0\r\n\r\n');
