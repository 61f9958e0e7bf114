import { setInterval as every } from 'node:timers/promises';
import type { Device } from '@/tests/chaos/support/device';
import type { Operation } from '@/tests/chaos/support/history';
import { nextMessage } from '@/tests/chaos/support/outbox';
import type { Room } from '@/tests/chaos/support/stage';

/** An open loop: sends messages at a fixed rate, whether or not earlier ones were acknowledged, as people do. */
export class Load {
  begun = 0;
  #going = true;
  readonly #underWay = new Set<Promise<void>>();
  readonly #ticking: Promise<void>;

  readonly #pairs: [Device, Room][];
  readonly #bytes: number | undefined;
  /** @param bytes approximate size of each text */
  constructor(pairs: [Device, Room][], perSecond: number, bytes?: number) {
    this.#pairs = pairs;
    this.#bytes = bytes;
    this.#ticking = this.#tick(perSecond);
  }

  /** Starts no more messages. Resolves when none is unacknowledged. */
  async end(): Promise<void> {
    this.#going = false;
    await this.#ticking;
    await Promise.all(this.#underWay);
  }

  async #tick(perSecond: number): Promise<void> {
    const begin = performance.now();
    for await (const _ of every(5)) {
      const due = ((performance.now() - begin) / 1_000) * perSecond;
      for (; this.#going && this.begun < due; this.begun += 1) this.#send();
      if (!this.#going) return;
    }
  }

  #send(): void {
    const [device, room] = this.#pairs[this.begun % this.#pairs.length] as [Device, Room];
    // Skips devices whose messages pile up: creating more would only take CPU time from the server.
    if (device.isCongested) return;
    const sending = this.#sendOnce(device, room).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #sendOnce(device: Device, { id, history }: Room): Promise<void> {
    const { operation, message } = nextMessage(device, history, id, this.#bytes);
    const answer = await device.ask('message.send', message);
    if (answer?.ok) history.ack(operation, answer.data);
    else if (answer) {
      device.refusals.push(answer.error);
    }
  }
}

/** The messages that were acknowledged in a time span, in performance.now() time. */
export function ackedBetween(rooms: Room[], from: number, to = performance.now()): Operation[] {
  return rooms.flatMap(({ history }) => history.operations.filter(({ tAck }) => tAck !== null && tAck >= from && tAck < to));
}

/** A percentile of the latencies of these messages, in ms. */
export function percentile(operations: Operation[], hundredths: number): number {
  const durations = operations.map(({ tSend, tAck }) => Number(tAck) - tSend).sort((a, b) => a - b);
  return durations[Math.min(durations.length - 1, Math.floor((durations.length * hundredths) / 100))] ?? Number.NaN;
}

/**
 * The best of several measurements. Other programs on the machine come in bursts and only increase latencies, whereas effects of the
 * server itself are in every measurement.
 */
export async function bestOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  while (values.length < times) values.push(await measure());
  return Math.min(...values);
}
