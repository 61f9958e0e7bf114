import { setTimeout as wait } from 'node:timers/promises';
import type { Device } from '@/tests/chaos/support/device';
import type { History, Operation } from '@/tests/chaos/support/history';

let numbered = 0;

/** A message that was not sent before. @param bytes roughly of its text */
export function nextMessage(device: Device, history: History, conversationId: string, bytes = 40) {
  numbered += 1;
  const clientMessageId = `${device.person.name.replace(' ', '-')}_${numbered}`;
  const content = `${clientMessageId} says`.padEnd(bytes, ' so');
  const operation = history.begin(device.person.id, conversationId, clientMessageId, content);
  return { operation, message: { conversationId, clientMessageId, content } };
}

/** Sends one message until it is acknowledged, with one clientMessageId, on whatever connections it takes. */
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

/** Everybody sends so many messages, each as soon as one of theirs is acknowledged. @param atOnce messages unacknowledged at most */
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
  /** no message is begun any more; resolves when the last one is acknowledged */
  end(): Promise<void>;
}

/**
 * Everybody sends one message after the other.
 * @param atOnce messages a device keeps unacknowledged
 * @param pauseMs how long it then waits with the next one: as fast as it goes, unless told otherwise
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
