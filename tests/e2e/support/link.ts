import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Page } from '@playwright/test';

/** A proxy between one browser and the server that can be cut, unlike a browser's own offline mode. */
export class Link {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param target the server's URL */
  static async to(target: string): Promise<Link> {
    const { port } = new URL(target);
    const server = createServer((near) => {
      const far = connect(Number(port), '127.0.0.1');
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        link.#sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          link.#sockets.delete(one);
          other.destroy();
        });
      }
    });
    const link = new Link(server);
    await link.#listen(0);
    return link;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  #port = 0;

  /** Breaks every connection, and accepts none. */
  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    await this.#listen(this.#port);
  }

  async #listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }
}

/**
 * Passes the page's requests on, but breaks the connection before the answer, so many times. Call it before the page opens.
 * @returns the number of lost answers
 */
export async function loseAnswers(page: Page, event: string, times: number): Promise<() => number> {
  let lost = 0;
  await page.routeWebSocket(/socket\.io/, (near) => {
    const far = near.connectToServer();
    let unanswered: string | undefined;
    near.onMessage((packet) => {
      // Socket.IO's packet of an event with an ack: 42, the ack's number, the event.
      const number = new RegExp(`^42(\\d+)\\["${event}"`).exec(String(packet))?.[1];
      if (number && lost < times) unanswered = number;
      far.send(packet);
    });
    far.onMessage((packet) => {
      if (unanswered === undefined) near.send(packet);
      else if (String(packet).startsWith(`43${unanswered}[`)) {
        lost += 1;
        void near.close().then(() => far.close());
      }
    });
  });
  return () => lost;
}

/**
 * Holds back the first event with that name until it is released, and passes later ones on. Call it before the page opens.
 * @returns `held`: whether one is held back, `release` to pass it on, `passed`: the number of later ones
 */
export async function holdFirst(page: Page, event: string) {
  let release = () => {};
  let passed = 0;
  let hold: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    hold = resolve;
  });
  await page.routeWebSocket(/socket\.io/, (near) => {
    const far = near.connectToServer();
    far.onMessage((packet) => {
      const named = String(packet).startsWith(`42["${event}"`);
      if (named && hold) {
        release = () => near.send(packet);
        hold();
        hold = undefined;
      } else {
        near.send(packet);
        if (named) passed += 1;
      }
    });
  });
  return { held, release: () => release(), passed: () => passed };
}

/** Holds back a page's scripts after its HTML, as on a slow connection. @returns a function that releases them */
export async function holdScripts(page: Page): Promise<() => Promise<void>> {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await gate;
    await route.continue();
  });
  return async () => {
    release();
    await page.waitForLoadState('load');
  };
}
