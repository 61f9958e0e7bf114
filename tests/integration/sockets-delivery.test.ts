import { expect, test } from 'vitest';
import { userRoom } from '@/lib/domain/rooms';
import { currentIo, type ParleySocket } from '@/lib/platform/realtime/io';
import { fanOutLimits } from '@/lib/platform/realtime/socket-io/fan-out';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';
import type { Client } from '@/tests/support/client';
import { createPerson, type Person } from '@/tests/support/people';
import { socketServer, webSocketOfClient } from '@/tests/support/sockets';

const sockets = socketServer();

const kibibyte = 'x'.repeat(1_024);
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const nextTurn = () => new Promise(setImmediate);

/** Sends long numbered events to a room, and to one socket of it. */
function senderTo({ id }: Person) {
  const io = currentIo();
  const socket = [...(io?.sockets.sockets.values() ?? [])].find(({ data }) => data.userId === id);
  if (!io || !socket) throw new Error('Nobody is connected.');
  const payload = (number: number, kibibytes: number) => ({
    conversationId: id,
    draft: `${number} ${kibibyte.repeat(kibibytes)}`,
    version: number,
  });
  return {
    socket,
    toRoom: (number: number, kibibytes = 1) => io.to(userRoom(id)).emit('draft.updated', payload(number, kibibytes)),
    toOne: (number: number, kibibytes = 1) => socket.emit('draft.updated', payload(number, kibibytes)),
  };
}

const numberOf = ({ draft }: { draft: string }) => Number.parseInt(draft, 10);

/** The numbers that a client has received, once it has the last one. */
async function heard(client: Client, last: number): Promise<number[]> {
  await client.hear('draft.updated', (payload) => numberOf(payload) === last);
  return (await client.heardSoFar('draft.updated')).map(({ payload }) => numberOf(payload as { draft: string }));
}

test.each([
  ['a WebSocket', ['websocket']],
  ['polling', ['polling']],
  ['polling that becomes a WebSocket meanwhile', ['polling', 'websocket']],
])('by %s, broadcasts and direct events arrive in order, once', async (_kind, transports) => {
  const ada = await createPerson();
  const client = await sockets.connect(ada, { transports });
  const { toRoom, toOne } = senderTo(ada);
  // Each turn of the event loop sends more than one write takes, and sends two events to one socket, of which the second has to wait.
  for (const turn of numbers(30)) {
    for (const place of numbers(10)) ([1, 2].includes(place % 5) ? toOne : toRoom)(turn * 10 + place, 16);
    await nextTurn();
  }
  expect(await heard(client, 299)).toEqual(numbers(300));
});

test('events that need several turns arrive in order, whether to many clients or to one', async () => {
  const ada = await createPerson();
  const client = await sockets.connect(ada);
  const { toRoom, toOne } = senderTo(ada);
  const count = fanOutLimits.atOnce * 3;
  for (const number of numbers(count)) (number % 300 > 295 ? toOne : toRoom)(number, 0);
  expect(await heard(client, count - 1)).toEqual(numbers(count));
});

test('broadcasts to a client that does not read wait in its counted queue, and arrive in order later', async () => {
  const ada = await createPerson();
  const client = await sockets.connect(ada);
  const { socket, toRoom } = senderTo(ada);
  webSocketOfClient(client).pause();
  let sent = 0;
  // The network buffers some megabytes first.
  for (; waitingFor(socket) < 20 && sent < 3_000; sent += 1) {
    toRoom(sent, 32);
    await nextTurn();
  }
  expect(waitingFor(socket)).toBe(20);
  expect(webSocketOf(socket.conn)?.bufferedAmount).toBeLessThan(160 * 1_024);
  webSocketOfClient(client).resume();
  expect(await heard(client, sent - 1)).toEqual(numbers(sent));
});

/** The packets that the engine has buffered. */
const waitingFor = ({ conn }: Pick<ParleySocket, 'conn'>) => (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
