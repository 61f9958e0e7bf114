import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '@/lib/platform/process/alive';
import type { Device } from '@/tests/chaos/support/device';
import { storm } from '@/tests/chaos/support/outbox';
import { acked } from '@/tests/chaos/support/rest';
import { random, say, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';

const senders = 50;
const minutes = 60_000;

let stage: Stage;
let room: Room;
/** everybody but the last one sends */
let devices: Device[];

beforeAll(async () => {
  stage = await Stage.of(senders + 1);
  room = await stage.room();
  devices = await stage.devices([room]);
}, 2 * minutes);

afterAll(() => stage.end(), minutes);

/** Lets everybody send, strikes right after some acknowledgement, and ends when all that was sent is acknowledged. */
async function strike(disaster: () => Promise<unknown>): Promise<void> {
  const { history } = room;
  const fatal = history.acked + random.between(100, 400);
  const struck = new Promise((resolve, reject) => {
    history.onAck = () => {
      if (history.acked === fatal) disaster().then(resolve, reject);
    };
  });
  const storming = storm(devices.slice(0, senders), history, room.id);
  await struck;
  await acked(history, history.acked + 2 * senders);
  await storming.end();
}

const broken = () => room.judge(devices.filter(({ socket }) => socket.active));

test(
  'kill -9 of the server loses no acknowledged message, and everybody ends with the same list',
  async () => {
    const rounds = scaled(2, 20);
    const sleeper = devices[senders] as Device;
    for (let round = 1; round <= rounds; round += 1) {
      // One of them is away for so long, in the long version, that it has to begin anew.
      if (round === 2) sleeper.close();
      if (round === rounds) sleeper.open();
      await strike(async () => {
        await stage.server.kill();
        await stage.server.restart();
      });
      expect(await broken(), `round ${round}`).toEqual([]);
    }
    const reconnections = devices.reduce((sum, { connections }) => sum + connections - 1, 0);
    expect(reconnections).toBeGreaterThanOrEqual(rounds * senders);
    say(`server killed ${rounds} times: ${room.history.acked} acknowledged, ${reconnections} reconnections`);
  },
  15 * minutes,
);

describe('kill -9 of PostgreSQL loses no acknowledged message, and the server recovers by itself', () => {
  test.each(['postmaster', 'all'] as const)(
    '%s',
    async (which) => {
      const rounds = scaled(1, 10);
      const before = room.history.acked;
      const refusals = devices.map((device) => device.refusals.length);
      const { pid } = stage.server;
      for (let round = 1; round <= rounds; round += 1) {
        await strike(async () => stage.server.recoveredFrom(stage.server.killDatabase(which)));
        expect(await broken(), `round ${round}`).toEqual([]);
      }
      expect(stage.server.pid).toBe(pid);
      const told = devices.flatMap((device, index) => device.refusals.slice(refusals[index]));
      expect(told.length).toBeGreaterThan(0);
      for (const refusal of told) expect(refusal).toMatchObject({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) });
      say(
        `PostgreSQL killed (${which}) ${rounds} times: ${room.history.acked - before} acknowledged, ${told.length} UNAVAILABLE`,
      );
    },
    10 * minutes,
  );
});

describe('an acknowledgement waits for the disk', () => {
  // A process that is killed takes nothing along that it gave to the kernel: that it is on the disk, only the calls for it tell.
  test('every single message is on disk before its acknowledgement', async () => {
    const { messages, fsyncs } = await sendOneByOne(500);
    expect(fsyncs).toBeGreaterThan(0.5 * messages);
  });

  test(
    'with synchronous_commit off, the count of log writes and kill -9 of PostgreSQL both reveal it',
    async () => {
      // Nor does anything write the log in the background: the rare loss becomes a certain one.
      await stage.tables.query('ALTER SYSTEM SET wal_writer_delay = 10000');
      await stage.tables.query('ALTER DATABASE parley SET synchronous_commit = off');
      await stage.server.kill();
      await stage.server.restart();
      const { messages, fsyncs } = await sendOneByOne(500);
      expect(fsyncs).toBeLessThan(0.1 * messages);
      await strike(async () => stage.server.recoveredFrom(stage.server.killDatabase('all')));
      const lost = (await broken()).find((violation) => violation.includes('acknowledged and not stored'));
      expect(lost).toBeDefined();
      say(`without synchronous_commit: ${lost}`);
    },
    2 * minutes,
  );
});

/**
 * One after the other, so that each is a commit of its own.
 * @returns what PostgreSQL says of so many of them at least, and of some before them, which shared their commits
 */
async function sendOneByOne(count: number): Promise<{ messages: number; fsyncs: number }> {
  const before = await stage.tables.written();
  const single = storm(devices.slice(0, 1), room.history, room.id);
  // A backend reports what it did at most once a second, and after a commit.
  const reported = await waitUntil(async () => (await stage.tables.written()).messages - before.messages >= count, 30_000);
  const { messages, fsyncs } = await stage.tables.written();
  await single.end();
  if (!reported) throw new Error('PostgreSQL did not report what it wrote.');
  return { messages: messages - before.messages, fsyncs: fsyncs - before.fsyncs };
}
