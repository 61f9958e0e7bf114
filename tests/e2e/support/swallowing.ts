import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What the proxy does with WebSockets: it does not answer the handshake; refuses it; or accepts it, and then passes nothing on, or
 * nothing from the browser.
 */
export type Treatment = 'pass' | 'swallow' | 'refuse' | 'deaf' | 'mute';

/** A proxy between a browser and the server that breaks WebSockets and passes everything else on. */
export class SwallowingProxy {
  treatment: Treatment;
  /** the transport of each Socket.IO request, in order: 'polling' or 'websocket' */
  readonly tried: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(treatment: Treatment, port: number) {
    this.treatment = treatment;
    this.#server = createServer((near) => this.#take(near, port));
  }

  static async to(target: string, treatment: Treatment): Promise<SwallowingProxy> {
    const proxy = new SwallowingProxy(treatment, Number(new URL(target).port));
    await proxy.mend();
    return proxy;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  #port = 0;

  /** Breaks every connection, and accepts none. (Browsers restore single broken connections by themselves.) */
  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #take(near: Socket, port: number): void {
    this.#keep(near);
    let far: Socket | undefined;
    let begun: Treatment | undefined;
    near.on('data', (chunk: Buffer) => {
      const head = chunk.toString('latin1');
      const transport = /^[A-Z]+ \/socket\.io\/\S*transport=(\w+)/.exec(head)?.[1];
      if (transport) this.tried.push(transport);
      if (begun === 'swallow' || begun === 'deaf' || begun === 'mute') return;
      begun = /^upgrade: websocket/im.test(head) ? this.treatment : 'pass';
      if (begun === 'swallow') return;
      if (begun === 'refuse') {
        near.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      far ??= this.#reach(near, port, () => begun === 'deaf');
      far.write(chunk);
    });
  }

  /** @param isOneWay whether only the answer of the handshake is passed on */
  #reach(near: Socket, port: number, isOneWay: () => boolean): Socket {
    const far = connect(port, '127.0.0.1');
    this.#keep(far);
    far.on('data', (chunk: Buffer) => {
      if (!isOneWay()) near.write(chunk);
      else if (chunk.toString('latin1').startsWith('HTTP/1.1 101'))
        near.write(chunk.subarray(0, chunk.indexOf('\r\n\r\n') + 4));
    });
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    return far;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
