import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '@/lib/platform/process/alive';
import type { Device } from '@/tests/chaos/support/device';
import { storm } from '@/tests/chaos/support/outbox';
import { acked } from '@/tests/chaos/support/rest';
import { random, report, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';

const senders = 50;
const minutes = 60_000;

let stage: Stage;
let room: Room;
/** all but the last one send */
let devices: Device[];

beforeAll(async () => {
  stage = await Stage.of(senders + 1);
  room = await stage.room();
  devices = await stage.devices([room]);
}, 2 * minutes);

afterAll(() => stage.end(), minutes);

/** Causes the disaster right after an ack while everybody sends. Resolves when all messages are acknowledged. */
async function strike(disaster: () => Promise<unknown>): Promise<void> {
  const { history } = room;
  const fatal = history.acked + random.between(100, 400);
  const struck = new Promise((resolve, reject) => {
    history.onAck = () => {
      if (history.acked === fatal) disaster().then(resolve, reject);
    };
  });
  const sending = storm(devices.slice(0, senders), history, room.id);
  await struck;
  await acked(history, history.acked + 2 * senders);
  await sending.end();
}

const broken = () => room.judge(devices.filter(({ socket }) => socket.active));

test(
  'kill -9 of the server loses no acknowledged message, and everybody ends with the same list',
  async () => {
    const rounds = scaled(2, 20);
    const sleeper = devices[senders] as Device;
    for (let round = 1; round <= rounds; round += 1) {
      // One client is offline for so long, in the long version, that it has to reload everything.
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
    report(`server killed ${rounds} times: ${room.history.acked} acknowledged, ${reconnections} reconnections`);
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
      report(
        `PostgreSQL killed (${which}) ${rounds} times: ${room.history.acked - before} acknowledged, ${told.length} UNAVAILABLE`,
      );
    },
    10 * minutes,
  );
});

describe('an acknowledgement waits for the disk', () => {
  // Killing a process loses nothing that it has written to the kernel, so only the number of fsync calls shows what is on the disk.
  test('every single message is on disk before its acknowledgement', async () => {
    const { messages, fsyncs } = await sendOneByOne(500);
    expect(fsyncs).toBeGreaterThan(0.5 * messages);
  });

  test(
    'with synchronous_commit off, the count of log writes and kill -9 of PostgreSQL both reveal it',
    async () => {
      // Keeps the WAL writer from flushing in the background, so that the rare loss becomes certain.
      await stage.tables.query('ALTER SYSTEM SET wal_writer_delay = 10000');
      await stage.tables.query('ALTER DATABASE parley SET synchronous_commit = off');
      await stage.server.kill();
      await stage.server.restart();
      const { messages, fsyncs } = await sendOneByOne(500);
      expect(fsyncs).toBeLessThan(0.1 * messages);
      await strike(async () => stage.server.recoveredFrom(stage.server.killDatabase('all')));
      const lost = (await broken()).find((violation) => violation.includes('acknowledged and not stored'));
      expect(lost).toBeDefined();
      report(`without synchronous_commit: ${lost}`);
    },
    2 * minutes,
  );
});

/**
 * Sends one message after another, so that each is a commit of its own.
 * @returns PostgreSQL's counts for at least so many messages, and for some earlier ones, which shared commits
 */
async function sendOneByOne(count: number): Promise<{ messages: number; fsyncs: number }> {
  const before = await stage.tables.written();
  const single = storm(devices.slice(0, 1), room.history, room.id);
  // A backend reports its statistics after a commit, and at most once a second.
  const reported = await waitUntil(async () => (await stage.tables.written()).messages - before.messages >= count, 30_000);
  const { messages, fsyncs } = await stage.tables.written();
  await single.end();
  if (!reported) throw new Error('PostgreSQL did not report what it wrote.');
  return { messages: messages - before.messages, fsyncs: fsyncs - before.fsyncs };
}
