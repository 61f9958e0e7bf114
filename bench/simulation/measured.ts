import type { Audience, Costs } from '@/bench/simulation/fan-out';

/**
 * Measurements on a machine with two cores (docs/performance.md, Several nodes). All other numbers of the simulation are assumed or
 * derived. For another machine, enter its measurements here.
 */
export const measured = {
  costs: {
    // A single node with 20 rooms of 10, saturated. Includes its deliveries, which share writes under this load.
    storeUs: 86,
    // One message to 10,000 connections, the most expensive case, because nothing shares its writes.
    deliveryUs: 31,
    // The additional cost of two nodes over one, split in half.
    ...{ publishUs: 49, inboundUs: 49 },
    idleUs: 7.9,
    databaseUs: 101,
    // One entry with two readers took 31 in total.
    ...{ redisAddUs: 11, redisReadUs: 10 },
  } satisfies Costs,
  /** reconnecting tabs per second that one node and its database can serve */
  returnsPerSecond: 84,
  /** time until a restarted node accepts connections */
  restartMs: 4_100,
} as const;

/** Assumptions that are not measured. */
export const assumed = {
  audiences: [
    // direct, groups of 10, of 50, of 500, with 1.5 devices per person
    [55, 3],
    [35, 15],
    [9, 75],
    [1, 750],
  ] satisfies Audience[],
  /** maximum load of a node */
  maxLoad: 0.7,
  /** maximum connections per node: 150 MB plus 14 KiB each, with most of the core left for messages */
  connectionsPerNode: 10_000,
  /** share of all people at the busiest time of day */
  connectedShare: 0.2,
  devices: 1.5,
  messagesPerPersonAndDay: 40,
  /** ratio of the busiest second to the mean */
  peak: 3,
} as const;
