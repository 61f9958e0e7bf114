import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/tests/chaos/support/device';
import { ackedBetween, during, Load, percentile } from '@/tests/chaos/support/load';
import { storm } from '@/tests/chaos/support/outbox';
import { residentMiB } from '@/tests/chaos/support/processes';
import { say, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';

const minutes = 60_000;
const pairs = 10;

let stage: Stage;
let rooms: Room[];
let devices: Device[];
let places: [Device, Room][];

beforeAll(async () => {
  stage = await Stage.of(2 * pairs);
  rooms = await Promise.all(
    Array.from({ length: pairs }, (_, index) => stage.room(stage.people.slice(2 * index, 2 * index + 2))),
  );
  places = await Promise.all(
    stage.people.map(async (person, index): Promise<[Device, Room]> => {
      const room = rooms[index >> 1] as Room;
      const [device] = await stage.devices([room], [person], { patienceMs: minutes });
      return [device as Device, room];
    }),
  );
  devices = places.map(([device]) => device);
}, 2 * minutes);

afterAll(() => stage.end(), minutes);

/** How many a second it carries when everybody always has some unacknowledged. */
async function capacity(milliseconds: number): Promise<number> {
  const storms = places.map(([device, { history, id }]) => storm([device], history, id, 40));
  await during(1_000);
  const rate = await acknowledged(milliseconds);
  await Promise.all(storms.map((one) => one.end()));
  return rate;
}

/** What is acknowledged a second from now on, for so long. */
async function acknowledged(milliseconds: number): Promise<number> {
  const begin = performance.now();
  await during(milliseconds);
  const end = performance.now();
  return ackedBetween(rooms, begin, end).length / ((end - begin) / 1_000);
}

test(
  'twice the load it can carry is refused in part, and slows down what is carried no further',
  async () => {
    await capacity(1_000);
    const peak = await capacity(2_000);
    const before = residentMiB(stage.server.pid);
    let highest = before;
    const flood = new Load(places, 2 * peak);
    const begin = performance.now();
    const watch = during(scaled(5_000, 60_000), () => {
      highest = Math.max(highest, residentMiB(stage.server.pid));
      return false;
    });
    await during(500);
    const carried = await acknowledged(scaled(4_500, 59_500));
    await watch;
    const flooded = performance.now();
    await flood.end();
    const drained = performance.now() - flooded;
    const after = await capacity(2_000);
    const under = ackedBetween(rooms, begin, flooded);
    say(
      `peak ${Math.round(peak)}/s; at twice that ${Math.round(carried)}/s (${(carried / peak).toFixed(2)}), ${flood.refused} refused, ` +
        `p50 ${percentile(under, 50).toFixed(0)} p99 ${percentile(under, 99).toFixed(0)} ms, ${before.toFixed(0)} to ${highest.toFixed(0)} MiB; ` +
        `${drained.toFixed(0)} ms later none was left, then ${Math.round(after)}/s (${(after / peak).toFixed(2)})`,
    );
    expect(carried / peak).toBeGreaterThanOrEqual(0.8);
    for (const room of rooms) expect(await room.judge(devices.filter((_, index) => rooms[index >> 1] === room))).toEqual([]);
  },
  5 * minutes,
);
