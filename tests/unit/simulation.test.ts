import { describe, expect, test } from 'vitest';
import { browserBackoff, delayMs } from '@/bench/load/backoff';
import { randomFrom } from '@/bench/load/random';
import { type Costs, type FanOut, fanOut, maxMessages, meanAudience, nodesFor } from '@/bench/simulation/fan-out';
import { type StormInput, storm } from '@/bench/simulation/storm';

const costs: Costs = {
  ...{ storeUs: 100, publishUs: 30, deliveryUs: 10, inboundUs: 20, idleUs: 5 },
  ...{ databaseUs: 50, redisAddUs: 4, redisReadUs: 6 },
};

const town: FanOut = {
  ...{ nodes: 1, connections: 0, messagesPerSecond: 1_000, audiences: [[1, 10]] },
  ...{ routing: 'all' as const, streams: 1, seed: 1 },
};

describe('fan-out', () => {
  test('one node pays for storing, delivering and connections, and not for Redis', () => {
    const load = fanOut({ ...town, connections: 2_000 }, costs);
    expect(load.deliveriesPerSecond).toBe(10_000);
    expect(load.nodeCores).toBeCloseTo((1_000 * (100 + 10 * 10) + 2_000 * 5) / 1e6, 9);
    expect(load.redisCores).toBe(0);
    expect(load.databaseCores).toBeCloseTo(0.05, 9);
  });

  test('where everybody reads everything, a node reads all that the others store', () => {
    const load = fanOut({ ...town, nodes: 4 }, costs);
    expect(load.inboundPerNode).toBe(750);
    expect(load.nodeCores).toBeCloseTo((1_000 * (200 + 30)) / 4 / 1e6 + (750 * 20) / 1e6, 9);
    expect(load.redisCores).toBeCloseTo((1_000 * (4 + 4 * 6)) / 1e6, 9);
  });

  test('streams share the work of Redis, but not the reads of a node', () => {
    const [one, four] = [1, 4].map((streams) => fanOut({ ...town, nodes: 4, streams }, costs));
    expect(four?.redisCores).toBeCloseTo((one?.redisCores ?? 0) / 4, 9);
    expect(four?.inboundPerNode).toBe(one?.inboundPerNode);
  });

  test('people thrown onto nodes by chance reach as many as probability says', () => {
    const nodes = 20;
    const { otherNodes, inboundPerNode } = fanOut({ ...town, nodes, routing: 'interested' }, costs);
    const expected = (nodes - 1) * (1 - (1 - 1 / nodes) ** 9);
    expect(Math.abs(otherNodes / expected - 1)).toBeLessThan(0.02);
    expect(inboundPerNode).toBeCloseTo((1_000 * otherNodes) / nodes, 9);
  });

  test('audiences count by their share of the messages', () => {
    expect(
      meanAudience([
        [3, 2],
        [1, 10],
      ]),
    ).toBe(4);
  });

  test('enough nodes are as many as needed and not one more, and where all read all there is an end to it', () => {
    const rate = 30_000;
    const interested = {
      ...town,
      messagesPerSecond: rate,
      routing: 'interested' as const,
      audiences: [[1, 2]] as [[number, number]],
    };
    const nodes = nodesFor(interested, costs, 0.7) ?? 0;
    expect(fanOut({ ...interested, nodes }, costs).nodeCores).toBeLessThanOrEqual(0.7);
    expect(fanOut({ ...interested, nodes: nodes - 1 }, costs).nodeCores).toBeGreaterThan(0.7);
    // 35,000 messages a second, 20 µs each, are 0.7 of a core on every node, however many nodes there are.
    expect(nodesFor({ ...town, messagesPerSecond: 34_000 }, costs, 0.7)).not.toBeNull();
    expect(nodesFor({ ...town, messagesPerSecond: 35_100 }, costs, 0.7)).toBeNull();
  });

  test('a limit is the rate at which the part is busy all the time', () => {
    const most = maxMessages({ ...town, nodes: 4, connections: 8_000 }, (load) => load.nodeCores, costs);
    expect(fanOut({ ...town, nodes: 4, connections: 8_000, messagesPerSecond: most }, costs).nodeCores).toBeCloseTo(1, 6);
  });
});

const calm: StormInput = {
  ...{ clients: 1_000, backoff: { firstMs: 500, maxMs: 5_000, jitter: 0 } },
  ...{ awayMs: 0, perSecond: 100, timeoutMs: Number.POSITIVE_INFINITY, seed: 1 },
};

describe('a reconnect storm', () => {
  test('without jitter all clients arrive at once and are served one after another', () => {
    const { lastMs, p50Ms, peakWaiting, busiestSecond, attempts } = storm(calm);
    expect(lastMs).toBeGreaterThanOrEqual(10_499);
    expect(lastMs).toBeLessThanOrEqual(10_501);
    expect(p50Ms).toBeGreaterThan(5_490);
    expect([peakWaiting, busiestSecond, attempts]).toEqual([1_000, 1_000, 1_000]);
  });

  test('with more capacity than clients none waits longer than the backoff', () => {
    const { lastMs, peakWaiting } = storm({ ...calm, perSecond: 1_000_000, backoff: browserBackoff });
    expect(lastMs).toBeLessThanOrEqual(751);
    expect(peakWaiting).toBeLessThan(1_000);
  });

  test('a client that finds no node retries with growing delays', () => {
    // At 0.5, 1.5, 3.5, 7.5 and 12.5 s: the delay doubles up to 5 s.
    const { lastMs, attempts } = storm({ ...calm, clients: 1, awayMs: 12_400 });
    expect(attempts).toBe(5);
    expect(lastMs).toBeGreaterThanOrEqual(12_500);
    expect(lastMs).toBeLessThanOrEqual(12_510);
  });

  test('a client that waits too long retries, and all are served once in the end', () => {
    const { abandoned, attempts, lastMs } = storm({ ...calm, timeoutMs: 4_000 });
    expect(abandoned).toBeGreaterThan(0);
    expect(attempts).toBe(1_000 + abandoned);
    expect(lastMs).toBeGreaterThanOrEqual(10_499);
  });

  test('the same seed gives the same storm, another one another', () => {
    const stormy = { ...calm, backoff: browserBackoff, awayMs: 3_000, perSecond: 400 };
    expect(storm(stormy)).toEqual(storm(stormy));
    expect(storm({ ...stormy, seed: 2 })).not.toEqual(storm(stormy));
  });

  test('which no service can end is refused', () => {
    expect(() => storm({ ...calm, perSecond: 0 })).toThrow('within an hour');
  });
});

describe("the browser's backoff", () => {
  test('stays within its jitter and under its limit', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 1_000; round += 1) {
      const first = delayMs(browserBackoff, 0, random());
      expect(first).toBeGreaterThanOrEqual(50);
      expect(first).toBeLessThanOrEqual(150);
      expect(delayMs(browserBackoff, 9, random())).toBeLessThanOrEqual(5_000);
    }
  });
});
