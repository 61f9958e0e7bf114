import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Drops, FrameFilter } from '@/tests/chaos/support/frames';

/** A TCP proxy between clients and a server, which can inject every kind of TCP failure. */
export class Network {
  readonly links = new Set<Link>();
  /** while true, new connections are refused */
  refuses = false;
  #silent = false;
  /** which frames of the server are dropped; by default none */
  drops: Drops = () => false;

  readonly #server: Server;
  readonly #carriesWebSockets: boolean;

  private constructor(
    server: Server,
    readonly port: number,
    carriesWebSockets: boolean,
  ) {
    this.#server = server;
    this.#carriesWebSockets = carriesWebSockets;
  }

  /** @param carries the protocol; only frames of WebSockets can be dropped */
  static async before(port: number, carries: 'WebSockets' | 'bytes' = 'WebSockets'): Promise<Network> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The network has no port.');
    const network = new Network(server, address.port, carries === 'WebSockets');
    server.on('connection', (client) => network.#link(client, port));
    return network;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Restores the network. Held data is passed on. */
  calm(): void {
    this.refuses = false;
    this.#silent = false;
    for (const link of this.links) link.recover();
  }

  /** Partitions the two sides: nothing passes in either direction, and no connection is closed. */
  partition(): void {
    this.#silent = true;
    for (const link of this.links) link.stall();
  }

  async stop(): Promise<void> {
    for (const link of this.links) link.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #link(client: Socket, port: number): void {
    if (this.refuses) {
      client.destroy();
      return;
    }
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const link = new Link(client, server, this.#carriesWebSockets ? () => this.drops : null);
    if (this.#silent) link.stall();
    this.links.add(link);
    link.over.finally(() => this.links.delete(link));
  }
}

/** One connection: two pipes. */
export class Link {
  readonly toServer: Pipe;
  readonly toClient: Pipe;
  /** resolves when both directions have ended */
  readonly over: Promise<unknown>;

  readonly #client: Socket;
  readonly #server: Socket;

  constructor(client: Socket, server: Socket, drops: (() => Drops) | null) {
    this.#client = client;
    this.#server = server;
    const filter = drops && new FrameFilter(drops);
    this.toServer = new Pipe(client, server, (chunk) => chunk);
    this.toClient = new Pipe(server, client, (chunk) => filter?.push(chunk) ?? chunk);
    this.over = Promise.all([this.toServer.run(), this.toClient.run()]).finally(() => this.cut());
  }

  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
    this.recover();
  }

  stall(): void {
    for (const pipe of [this.toServer, this.toClient]) pipe.stall();
  }

  recover(): void {
    for (const pipe of [this.toServer, this.toClient]) pipe.recover();
  }
}

/** One direction of a connection. */
export class Pipe {
  #delayMs = 0;
  #torn = false;
  #holding: { released: Promise<void>; release: () => void } | null = null;

  readonly #from: Socket;
  readonly #to: Socket;
  readonly #filter: (chunk: Buffer) => Buffer;

  constructor(from: Socket, to: Socket, filter: (chunk: Buffer) => Buffer) {
    this.#from = from;
    this.#to = to;
    this.#filter = filter;
    // Errors of cut connections are expected. run() notices their end.
    for (const socket of [from, to]) socket.setNoDelay(true).on('error', () => {});
  }

  /** Delays all data. */
  delay(milliseconds: number): void {
    this.#delayMs = milliseconds;
  }

  /** Stops reading and passing on data until recover(). */
  stall(): void {
    if (this.#holding) return;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#holding = { released, release };
  }

  /** Closes this direction (FIN). The other one stays open. */
  halfClose(): void {
    this.#to.end();
  }

  /** Passes on half of the next chunk, then destroys the connection. */
  tear(): void {
    this.#torn = true;
  }

  recover(): void {
    this.#delayMs = 0;
    this.#holding?.release();
    this.#holding = null;
  }

  /** Resolves when the stream has ended or failed. */
  async run(): Promise<void> {
    try {
      for await (const chunk of this.#from.iterator({ destroyOnReturn: false })) await this.#pass(chunk as Buffer);
    } catch {
      this.#to.destroy();
    }
    this.#to.end();
  }

  async #pass(chunk: Buffer): Promise<void> {
    if (this.#delayMs > 0) await wait(this.#delayMs);
    await this.#holding?.released;
    const bytes = this.#filter(chunk);
    if (!this.#to.writable || bytes.length === 0) return;
    if (this.#torn) {
      this.#to.write(bytes.subarray(0, bytes.length >> 1), () => {
        this.#from.destroy();
        this.#to.destroy();
      });
    } else if (!this.#to.write(bytes)) await Promise.race([once(this.#to, 'drain'), once(this.#to, 'close')]);
  }
}
