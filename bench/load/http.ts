import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  status: number;
  /** of its body */
  bytes: number;
}

const endOfHead = Buffer.from('\r\n\r\n');

/**
 * One kept connection that sends a request and counts the bytes of the answer: HTTP/1.1 by hand over a socket, since `node:http` as a
 * client costs as much as the server that is measured. It understands Content-Length and chunks, and nothing else.
 */
export class HttpClient {
  #received: Buffer = Buffer.alloc(0);
  #answered: (answer: HttpAnswer) => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;

  private constructor(private readonly socket: Socket) {
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

  /** @param request head and body, as they go over the wire */
  send(request: string): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.socket.write(request);
    });
  }

  close(): void {
    this.#failed = () => undefined;
    this.socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const answer = read(this.#received);
    if (!answer) return;
    this.#received = Buffer.alloc(0);
    this.#answered(answer);
  }
}

/** An answer that has come in whole; undefined as long as some of it is missing. */
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
