import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '@/lib/platform/process/alive';
import type { Device } from '@/tests/chaos/support/device';
import { ackedBetween, Load, percentile } from '@/tests/chaos/support/load';
import { residentMiB } from '@/tests/chaos/support/processes';
import { isLong, report, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';

const minutes = 60_000;
const bytes = 7_500;
const floodPerSecond = 500;

let stage: Stage;

afterEach(() => stage.end(), minutes);

/** A busy room of three people, one of whom will stop reading, and a quiet room of ten. */
async function scene(environment?: Record<string, string>) {
  stage = await Stage.of(13, environment);
  const [loud, quiet] = [stage.people.slice(0, 3), stage.people.slice(3)];
  const [flooded, calm] = [await stage.room(loud), await stage.room(quiet)];
  // On a busy machine answers are late, and whoever gave up would be counted as dropped.
  const [reader, ...talkers] = await stage.devices([flooded], loud, { patienceMs: minutes });
  const others = await stage.devices([calm], quiet, { patienceMs: minutes });
  if (!reader) throw new Error('There is nobody.');
  return { flooded, calm, reader, talkers, others };
}

const pairsOf = (devices: Device[], room: Room) => devices.map((device): [Device, Room] => [device, room]);

/** Far more than the server and the network buffer for one reader. */
const tooMuchMiB = 48;

/** Makes this client stop reading while the others send, until it is dropped or far too much is unread. */
async function stopReading(reader: Device, room: Room) {
  const before = residentMiB(stage.server.pid);
  const sockets = await stage.server.metric('parley_sockets');
  const begin = performance.now();
  const result = { dropped: false, unreadMiB: 0, moreMiB: 0 };
  reader.stopReading();
  await waitUntil(async () => {
    result.dropped = (await stage.server.metric('parley_sockets')) < sockets;
    result.unreadMiB = (ackedBetween([room], begin).length * bytes) / 2 ** 20;
    result.moreMiB = Math.max(result.moreMiB, residentMiB(stage.server.pid) - before);
    return result.dropped || result.unreadMiB > tooMuchMiB;
  }, 30_000);
  return result;
}

test(
  'a client that stops reading is dropped, its queue is bounded, nobody else slows down, and it catches up',
  async () => {
    const { flooded, calm, reader, talkers, others } = await scene();
    const [loud, quiet] = [new Load(pairsOf(talkers, flooded), floodPerSecond, bytes), new Load(pairsOf(others, calm), 100)];
    await wait(1_000);
    // In turns, so that other load on the machine affects both alike.
    const medians: Pair<number[]> = [[], []];
    for (let turn = 0; turn < scaled(4, 20); turn += 1) {
      medians[0].push(await medianOf(calm));
      reader.stopReading();
      medians[1].push(await medianOf(calm));
      reader.readAgain();
    }
    const { dropped, unreadMiB, moreMiB } = await stopReading(reader, flooded);
    expect(dropped).toBe(true);
    await Promise.all([loud.end(), quiet.end()]);
    reader.readAgain();
    expect(await flooded.judge([reader, ...talkers])).toEqual([]);
    expect(await calm.judge(others)).toEqual([]);
    expect(reader.connections).toBe(2);
    expect([...talkers, ...others].map(({ connections }) => connections)).toEqual(Array(12).fill(1));
    const best = medians.map((times) => Math.min(...times)) as Pair<number>;
    report(
      `a stopped reader: dropped with ${unreadMiB.toFixed(0)} MiB unread, the server ${moreMiB.toFixed(0)} MiB larger; acknowledged to ` +
        `others in ${best[1].toFixed(1)} ms, and in ${best[0].toFixed(1)} ms while it read`,
    );
    expect(moreMiB).toBeLessThan(200);
    // Differences below two milliseconds come from the scheduler, and a few turns on a shared machine mean nothing.
    if (isLong) expect(best[1] / Math.max(best[0], 2)).toBeLessThan(1.5);
    expect(calm.history.operations.filter(({ tAck }) => tAck === null)).toEqual([]);
  },
  2 * minutes,
);

test.runIf(isLong)(
  'a server that buffers everything for a stopped reader is found',
  async () => {
    const neverSweeps = new URL('support/never-sweeps.mjs', import.meta.url).href;
    const { flooded, reader, talkers } = await scene({ NODE_OPTIONS: `--import ${neverSweeps}` });
    const loud = new Load(pairsOf(talkers, flooded), floodPerSecond, bytes);
    const { dropped, unreadMiB } = await stopReading(reader, flooded);
    await loud.end();
    expect(dropped).toBe(false);
    expect(unreadMiB).toBeGreaterThan(tooMuchMiB);
  },
  2 * minutes,
);

type Pair<Value> = [reading: Value, stopped: Value];

/** The median latency of the next acks. */
async function medianOf(room: Room): Promise<number> {
  const begin = performance.now();
  await wait(600);
  return percentile(ackedBetween([room], begin), 50);
}
