import { setTimeout as wait } from 'node:timers/promises';
import type { Device } from '@/tests/chaos/support/device';
import type { History, Operation } from '@/tests/chaos/support/history';

let numbered = 0;

/** A new message. @param bytes approximate size of its text */
export function nextMessage(device: Device, history: History, conversationId: string, bytes = 40) {
  numbered += 1;
  const clientMessageId = `${device.person.name.replace(' ', '-')}_${numbered}`;
  const content = `${clientMessageId} says`.padEnd(bytes, ' so');
  const operation = history.begin(device.person.id, conversationId, clientMessageId, content);
  return { operation, message: { conversationId, clientMessageId, content } };
}

/** Sends one message, with one clientMessageId, until it is acknowledged, over as many connections as needed. */
export async function sendUntilAcked(
  device: Device,
  history: History,
  conversation: string,
  bytes?: number,
): Promise<Operation> {
  const { operation, message } = nextMessage(device, history, conversation, bytes);
  while (operation.tAck === null) {
    await device.online();
    const answer = await device.ask('message.send', message);
    if (answer?.ok) history.ack(operation, answer.data);
    else if (answer) {
      device.refusals.push(answer.error);
      await wait((answer.error.retryAfter ?? 1) * 1_000);
    }
  }
  return operation;
}

/** Each device sends `count` messages. @param atOnce maximum number of unacknowledged messages per device */
export async function sendEach(
  devices: Device[],
  history: History,
  conversation: string,
  count: number,
  atOnce = 4,
): Promise<void> {
  const lines = devices.flatMap((device) => {
    let left = count;
    return Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        await sendUntilAcked(device, history, conversation);
      }
    });
  });
  await Promise.all(lines);
}

export interface Storm {
  /** starts no more messages; resolves when all are acknowledged */
  end(): Promise<void>;
}

/**
 * Lets every device send one message after another.
 * @param atOnce number of unacknowledged messages per device
 * @param pauseMs pause after each ack; by default none
 */
export function storm(
  devices: Device[],
  history: History,
  conversation: string,
  atOnce = 1,
  { bytes, pauseMs = 0 }: { bytes?: number; pauseMs?: number } = {},
): Storm {
  let going = true;
  const lines = devices.flatMap((device) =>
    Array.from({ length: atOnce }, async () => {
      while (going) {
        await sendUntilAcked(device, history, conversation, bytes);
        if (pauseMs > 0) await wait(pauseMs);
      }
    }),
  );
  return {
    end: async () => {
      going = false;
      await Promise.all(lines);
    },
  };
}
