import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitUntil } from '@/lib/platform/process/alive';
import type { Device } from '@/tests/chaos/support/device';
import { Network } from '@/tests/chaos/support/network';
import { type Storm, sendEach, storm } from '@/tests/chaos/support/outbox';
import { acked } from '@/tests/chaos/support/rest';
import { isLong, random, report, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';
import type { Cluster } from '@/tests/support/cluster';

// Two nodes behind nginx. One part after another fails, and every client has to show what is stored.

const people = 20;
const minutes = 60_000;

let stage: Stage<Cluster>;
let room: Room;
let devices: Device[];
/** the network between the second node and Redis */
let network: Network;

beforeAll(async () => {
  const redisPortOf = async (node: number, port: number) => {
    if (node === 0) return port;
    network = await Network.before(port, 'bytes');
    return network.port;
  };
  stage = await Stage.behindNginx(people, { redisPortOf });
}, 3 * minutes);

afterEach(() => stage.clear());

afterAll(async () => {
  await stage?.end();
  await network?.stop();
}, minutes);

const origins = () => stage.server.nodes.map(({ origin }) => origin);

/** The state that each node reports: `ready`, `degraded`, or nothing when it does not answer. */
const states = () =>
  Promise.all(
    origins().map(async (origin) => {
      const response = await fetch(`${origin}/api/health/ready`).catch(() => null);
      const { status, degraded } = response?.ok ? await response.json() : { status: 'away', degraded: false };
      return degraded ? 'degraded' : status;
    }),
  );

async function become(...expected: string[]): Promise<void> {
  if (!(await waitUntil(async () => (await states()).join() === expected.join(), 30_000)))
    throw new Error(`The nodes are ${await states()} and not ${expected}:\n${stage.server.output()}`);
}

/** About 300 messages a second: a load that the machine can carry. */
const chatter = () => storm(devices, room.history, room.id, 1, { pauseMs: 50 });

/** Everybody sends through nginx, to either node. @returns the storm; its `end` waits for all acks */
async function begin(): Promise<Storm> {
  await become('ready', 'ready');
  room = await stage.room();
  devices = await stage.devices([room]);
  const sending = chatter();
  await acked(room.history, random.between(100, 300));
  return sending;
}

/**
 * Sends three messages after all others have arrived. The other node has to find them by itself: no later message reveals to its clients
 * that they missed something.
 */
async function afterLastWords(where: Room, all: Device[]): Promise<string[]> {
  const before = await where.judge(all, 8_000);
  await sendEach(all.slice(0, 1), where.history, where.id, 3, 1);
  return [...before, ...(await where.judge(all, 8_000))];
}

/** Sends more messages after the fault, and checks that all clients soon show everything that is stored. */
async function settle(sending: Storm, what: string): Promise<void> {
  await become('ready', 'ready');
  await acked(room.history, room.history.acked + 2 * people);
  await sending.end();
  const ended = performance.now();
  expect(await room.judge(devices), stage.server.output()).toEqual([]);
  const late = performance.now() - ended;
  const slowest = Math.max(...devices.map(({ slowestCatchUp }) => slowestCatchUp));
  const connections = devices.reduce((sum, device) => sum + device.connections - 1, 0);
  report(
    `${what}: ${room.history.acked} acknowledged, ${connections} reconnections, caught up within ${Math.round(slowest)} ms, ` +
      `all shown ${Math.round(late)} ms after the last`,
  );
  if (isLong) expect(Math.max(slowest, late)).toBeLessThan(2_000);
}

test(
  'after kill -9 of a node under load, its people continue on the other node',
  async () => {
    const sending = await begin();
    for (let round = 1; round <= scaled(1, 6); round += 1) {
      const node = stage.server.nodes[round % 2 === 1 ? 0 : 1];
      await node.kill();
      await acked(room.history, room.history.acked + 5 * people);
      await node.up();
      await become('ready', 'ready');
    }
    await settle(sending, 'a node killed');
  },
  5 * minutes,
);

test(
  'everybody receives everything while Redis is down, and after it comes back empty',
  async () => {
    const sending = await begin();
    await stage.server.redis.stop();
    await become('degraded', 'degraded');
    await wait(scaled(3_000, 30_000));
    await sending.end();
    expect(await afterLastWords(room, devices), 'without Redis').toEqual([]);
    const again = chatter();
    await stage.server.redis.restart();
    await settle(again, 'Redis away, and back empty');
  },
  5 * minutes,
);

test(
  'everybody receives everything while one node has silently lost its connection to Redis',
  async () => {
    const sending = await begin();
    network.partition();
    await become('ready', 'degraded');
    await wait(scaled(3_000, 30_000));
    await sending.end();
    expect(await afterLastWords(room, devices), 'across the partition').toEqual([]);
    const again = chatter();
    network.calm();
    await settle(again, 'one node without Redis');
  },
  5 * minutes,
);

test.each([
  { part: 'PostgreSQL', restart: () => stage.server.postgres.restart(), cuts: 0 },
  { part: 'nginx', restart: () => stage.server.restartNginx(), cuts: 1 },
])(
  'everybody receives everything while $part is restarted',
  async ({ part, restart, cuts }) => {
    const sending = await begin();
    for (let round = 1; round <= scaled(1, 5); round += 1) {
      await restart();
      await acked(room.history, room.history.acked + 2 * people);
    }
    await settle(sending, `${part} restarted`);
    expect(Math.min(...devices.map(({ connections }) => connections - 1))).toBeGreaterThanOrEqual(cuts);
  },
  5 * minutes,
);

test(
  'an upgrade that restarts one node after the other loses nothing',
  async () => {
    const sending = await begin();
    for (const node of stage.server.nodes) {
      await node.down();
      const gone = performance.now();
      expect(await waitUntil(() => devices.every(({ socket }) => socket.connected), 10_000)).toBe(true);
      const apart = performance.now() - gone;
      report(`a node stopped: the last was at the other one ${Math.round(apart)} ms later`);
      if (isLong) expect(apart).toBeLessThan(1_000);
      await acked(room.history, room.history.acked + 2 * people);
      await node.up();
      await become('ready', 'ready');
    }
    await settle(sending, 'each node restarted in its turn');
    expect(stage.server.nodes.map(({ process: { exitCode } }) => exitCode)).toEqual([null, null]);
  },
  5 * minutes,
);

test(
  'nodes that never compare with the database are found',
  async () => {
    const neverCompares = new URL('support/never-compares.mjs', import.meta.url).href;
    const deaf = await Stage.behindNginx(6, { environment: { NODE_OPTIONS: `--import ${neverCompares}` } });
    try {
      const silent = await deaf.room();
      // Three on each node, without nginx, which chooses at random: clients on the sender’s node would miss nothing.
      const half = deaf.people.length / 2;
      const [first, second] = deaf.server.nodes.map(({ origin }) => origin);
      const listeners = [
        ...(await deaf.devices([silent], deaf.people.slice(0, half), {}, first)),
        ...(await deaf.devices([silent], deaf.people.slice(half), {}, second)),
      ];
      await deaf.server.redis.stop();
      const broken = await afterLastWords(silent, listeners);
      expect(broken.filter((violation) => /knows \d+ of \d+/.test(violation))).toHaveLength(half);
      expect(broken.filter((violation) => violation.startsWith('acknowledged'))).toEqual([]);
    } finally {
      await deaf.end();
    }
  },
  3 * minutes,
);
