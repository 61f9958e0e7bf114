import { WireClient } from '@/bench/load/wire';

/** Connections that are opened, say one thing and then stay; until this process is ended. */
export interface IdlePlan {
  port: number;
  /** the handshake's auth objects, taken in turn */
  auths: object[];
  /** what each connection asks once: an event and its input */
  asks: [event: string, input: string];
  count: number;
}

const atOnce = 50;

process.once('message', async ({ port, auths, asks, count }: IdlePlan) => {
  for (let opened = 0; opened < count; opened += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - opened) }, (_, index) => auths[(opened + index) % auths.length]);
    await Promise.all(
      some.map(async (auth) => {
        const wire = await WireClient.connect(port, auth ?? {});
        await wire.ask(...asks);
      }),
    );
  }
  process.send?.('open');
});
