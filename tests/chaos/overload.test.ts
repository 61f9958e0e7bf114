import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/tests/chaos/support/device';
import { ackedBetween, bestOf, Load, percentile } from '@/tests/chaos/support/load';
import { storm } from '@/tests/chaos/support/outbox';
import { residentMiB } from '@/tests/chaos/support/processes';
import { isLong, report, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';

const minutes = 60_000;
const pairs = 25;

let stage: Stage;
let rooms: Room[];
/** each device with its room; two people share a room */
let places: [Device, Room][];

beforeAll(async () => {
  // A small heap, so that unbounded memory would crash the server.
  stage = await Stage.of(2 * pairs, { NODE_OPTIONS: '--max-old-space-size=512' });
  rooms = await Promise.all(Array.from({ length: pairs }, (_, pair) => stage.room(stage.people.slice(2 * pair, 2 * pair + 2))));
  const moved = stage.people.map(async (person, index): Promise<[Device, Room]> => {
    const room = rooms[index >> 1] as Room;
    const [device] = await stage.devices([room], [person], { patienceMs: 5 * minutes });
    return [device as Device, room];
  });
  places = await Promise.all(moved);
}, 2 * minutes);

afterAll(() => stage.end(), minutes);

interface Throughput {
  perSecond: number;
  /** per second of the server's own CPU time, which other programs and the load itself do not affect */
  perCpuSecond: number;
}

/** The rate of acks during the next seconds: the best second in the short version, the median in the long one. */
async function measured(seconds: number): Promise<Throughput> {
  const each: Throughput[] = [];
  // Ends by the clock, because reading the metrics takes long under load.
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) each.push(await oneSecond());
  const pick = (of: (one: Throughput) => number) => each.map(of).sort((a, b) => b - a)[isLong ? each.length >> 1 : 0] ?? 0;
  return { perSecond: pick(({ perSecond }) => perSecond), perCpuSecond: pick(({ perCpuSecond }) => perCpuSecond) };
}

async function oneSecond(): Promise<Throughput> {
  const cpu = () => stage.server.metric('process_cpu_seconds_total');
  const [begin, cpuBefore] = [performance.now(), await cpu()];
  await wait(1_000);
  const [spent, end] = [(await cpu()) - cpuBefore, performance.now()];
  const count = ackedBetween(rooms, begin, end).length;
  return { perSecond: count / ((end - begin) / 1_000), perCpuSecond: count / spent };
}

/** The maximum throughput, with a fixed number of unacknowledged messages per person. */
async function capacity(): Promise<Throughput> {
  const storms = places.map(([device, { history, id }]) => storm([device], history, id, 20));
  await wait(500);
  const result = await measured(scaled(2, 5));
  await Promise.all(storms.map((one) => one.end()));
  return result;
}

/** The median latency of acks under little load. */
async function latency(): Promise<number> {
  const load = new Load(places, 100);
  const best = await bestOf(4, async () => {
    const begin = performance.now();
    await wait(400);
    return percentile(ackedBetween(rooms, begin), 50);
  });
  await load.end();
  return best;
}

test(
  'under twice its load the server keeps its throughput and memory bound, and recovers afterwards',
  async () => {
    await capacity();
    const [calm, peak, memory] = [await latency(), await capacity(), residentMiB(stage.server.pid)];
    const flood = new Load(places, 2 * peak.perSecond);
    await wait(500);
    const carried = await measured(scaled(5, 60));
    const swollen = residentMiB(stage.server.pid) - memory;
    const offered = flood.begun;
    const dropped = places.filter(([{ connections }]) => connections > 1).length;
    for (const [device] of places) device.abandon();
    await flood.end();
    await wait(scaled(2_000, 5_000));
    const [calmAgain, after] = [await latency(), await capacity()];
    // Compared with the lower of both peaks, because the database has grown since, and other programs may use the machine.
    const now = Math.min(peak.perSecond, after.perSecond);
    const share = { wall: carried.perSecond / now, cpu: carried.perCpuSecond / peak.perCpuSecond };
    report(
      `peak ${Math.round(peak.perSecond)} a second; of twice that (${offered} in all) it acknowledged ${Math.round(carried.perSecond)} a ` +
        `second: ${share.wall.toFixed(2)} of what it carries at most, ${share.cpu.toFixed(2)} by its own CPU; ${swollen.toFixed(0)} MiB more, ${dropped} dropped; a little later ` +
        `${Math.round(after.perSecond)} a second, and a median of ${calmAgain.toFixed(1)} ms after ${calm.toFixed(1)} ms`,
    );
    expect(swollen).toBeLessThan(400);
    // Excess load is not read. Refusing a message would cost as much as storing it.
    expect(places.flatMap(([{ refusals }]) => refusals)).toEqual([]);
    // Only the long version measures throughput. A few seconds on a shared machine mean nothing.
    if (isLong) {
      expect(share.cpu).toBeGreaterThanOrEqual(0.8);
      expect(share.wall).toBeGreaterThanOrEqual(0.8);
      expect(after.perCpuSecond / peak.perCpuSecond).toBeGreaterThanOrEqual(0.8);
      expect(calmAgain).toBeLessThan(2 * calm + 5);
    }
    for (const [pair, room] of rooms.entries())
      expect(await room.judge(places.slice(2 * pair, 2 * pair + 2).map(([device]) => device))).toEqual([]);
  },
  5 * minutes,
);
