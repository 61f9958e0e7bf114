import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitUntil } from '@/lib/platform/process/alive';
import type { Device } from '@/tests/chaos/support/device';
import { injectFaults } from '@/tests/chaos/support/faults';
import { Network } from '@/tests/chaos/support/network';
import { sendEach, storm } from '@/tests/chaos/support/outbox';
import { isLong, report, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';

const minutes = 60_000;

let stage: Stage;
let network: Network;

beforeAll(async () => {
  stage = await Stage.of(20);
  network = await Network.before(stage.server.port);
}, 2 * minutes);

afterEach(() => {
  network.calm();
  stage.clear();
});

afterAll(async () => {
  await network.stop();
  await stage.end();
}, minutes);

test(
  'connections that are cut, stalled, delayed, torn and half-closed lose and duplicate nothing',
  async () => {
    const room = await stage.room();
    const devices = await stage.devices([room], stage.people, {}, network.origin);
    const sending = storm(devices, room.history, room.id, 2);
    const counts = await injectFaults(network, scaled(5_000, 60_000), [10, 60]);
    await sending.end();
    expect(await room.judge(devices)).toEqual([]);
    expect(Object.entries(counts).filter(([, times]) => times === 0)).toEqual([]);
    const connections = devices.reduce((sum, device) => sum + device.connections, 0);
    report(`a bad network: ${room.history.acked} acknowledged, ${connections} connections, ${JSON.stringify(counts)}`);
  },
  3 * minutes,
);

test('a client that was offline shows all missed messages within 2 seconds of coming back', async () => {
  const room = await stage.room();
  const [author, ...others] = stage.people;
  if (!author) throw new Error('There is nobody.');
  const writers = await stage.devices([room], [author]);
  const devices = await stage.devices([room], others, {}, network.origin);
  for (const messages of [50, 1_200]) {
    const { lastRev } = await stage.tables.head(room.id);
    network.refuses = true;
    for (const link of network.links) link.cut();
    await sendEach(writers, room.history, room.id, messages, 20);
    network.refuses = false;
    const begin = performance.now();
    // The first one fetches the changes. After more than 1,000, a client reloads its pages.
    const back = await waitUntil(() => devices.every((device) => device.timeline(room.id).rev >= lastRev + messages), 10_000);
    const elapsed = performance.now() - begin;
    expect(back).toBe(true);
    if (isLong) expect(elapsed).toBeLessThan(2_000);
    expect(await room.judge([...writers, ...devices])).toEqual([]);
    report(`${messages} messages missed by ${devices.length}: all shown ${Math.round(elapsed)} ms after the network was back`);
  }
});

/** Drops one event to one of these devices without breaking its connection. @returns the time of the loss */
async function dropOne(devices: Device[], room: Room, nth: number): Promise<void> {
  let heard = 0;
  network.drops = (text) => text.includes('"message.received"') && text.includes(room.id) && ++heard === nth;
  await sendEach(devices, room.history, room.id, 5);
  await waitUntil(() => heard >= nth, 10_000);
  network.drops = () => false;
}

test('a client notices a lost event on an open connection, and fetches its content', async () => {
  const room = await stage.room();
  const devices = await stage.devices([room], stage.people.slice(0, 5), {}, network.origin);
  await dropOne(devices, room, 7);
  expect(await room.judge(devices)).toEqual([]);
  expect(devices.map(({ connections }) => connections)).toEqual([1, 1, 1, 1, 1]);
});

test('a client notices the loss of the last event by comparing the heads', async () => {
  const room = await stage.room();
  const devices = await stage.devices([room], stage.people.slice(0, 5), {}, network.origin);
  await sendEach(devices, room.history, room.id, 2);
  expect(await room.judge(devices)).toEqual([]);
  let eaten = 0;
  network.drops = (text) => {
    const told = text.includes('"message.received"');
    if (told) eaten += 1;
    return told;
  };
  await sendEach(devices.slice(0, 1), room.history, room.id, 1);
  // The answer and the event use different connections, so the answer may arrive first.
  expect(await waitUntil(() => eaten >= devices.length, 10_000)).toBe(true);
  network.drops = () => false;
  const { lastRev } = await stage.tables.head(room.id);
  expect(devices.filter((device) => device.timeline(room.id).rev >= lastRev)).toEqual([]);
  await Promise.all(devices.map((device) => device.askHeads()));
  expect(await room.judge(devices)).toEqual([]);
});

test('a client that does not fetch missed messages is found', async () => {
  const room = await stage.room();
  const believers = await stage.devices([room], stage.people.slice(0, 5), { catchesUp: false }, network.origin);
  await dropOne(believers, room, 7);
  const broken = await room.judge(believers, 1_000);
  expect(broken.filter((violation) => /shows \d+ of \d+; the first difference/.test(violation))).toHaveLength(1);
});
