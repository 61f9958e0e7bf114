import type { Audience, Costs } from '@/bench/simulation/fan-out';

/**
 * What one machine of two cores measured (docs/performance.md, Several nodes, and its figures): the only numbers that are taken
 * from the world. Another machine has others; set them here and run it again.
 */
export const measured = {
  costs: {
    // Of a node alone, 20 rooms of 10, saturated: with its deliveries, which share writes then.
    storeUs: 86,
    // Of one message to 10,000 connections, which shares a write with nothing: the dearest there is.
    deliveryUs: 31,
    // What two nodes took more than one, together; taken as half each.
    ...{ publishUs: 49, inboundUs: 49 },
    idleUs: 7.9,
    databaseUs: 101,
    // One entry and two readers took 31.
    ...{ redisAddUs: 11, redisReadUs: 10 },
  } satisfies Costs,
  /** tabs a second that one node and its database let come back */
  returnsPerSecond: 84,
  /** until a node that is started again takes connections */
  restartMs: 4_100,
} as const;

/** Assumed and not measured: who hears a message. One and a half devices are on for each person. */
export const assumed = {
  audiences: [
    // direct, groups of 10, of 50, of 500
    [55, 3],
    [35, 15],
    [9, 75],
    [1, 750],
  ] satisfies Audience[],
  /** a node is not to be busier than that */
  busiest: 0.7,
  /** a node has so many connections: 150 MB and 14 KiB each, most of its core for what is said */
  connectionsPerNode: 10_000,
  /** of all people, at the busiest time of day */
  connectedShare: 0.2,
  devices: 1.5,
  messagesPerPersonAndDay: 40,
  /** the busiest second against the mean */
  peak: 3,
} as const;
