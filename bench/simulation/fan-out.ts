import { randomFrom } from '@/bench/load/random';

/** microseconds of CPU; idleUs per second and connection */
export interface Costs {
  /** for the node that stores a message, without its deliveries */
  storeUs: number;
  /** for a delivery to one connection */
  deliveryUs: number;
  /** for publishing a message to other nodes; 0 for a single node */
  publishUs: number;
  /** for reading a message that another node published */
  inboundUs: number;
  /** for an idle connection */
  idleUs: number;
  databaseUs: number;
  /** for Redis, per entry added, and per entry and reading node */
  redisAddUs: number;
  redisReadUs: number;
}

/** A share of all messages, and the number of connections that receive each of them. */
export type Audience = [share: number, connections: number];

export interface FanOut {
  nodes: number;
  connections: number;
  messagesPerSecond: number;
  audiences: Audience[];
  /** `all`: every node reads all messages; `interested`: a node reads those with recipients on it */
  routing: 'all' | 'interested';
  /** number of streams, each on a separate Redis, that the conversations are spread over */
  streams: number;
  seed: number;
}

export interface FanOutLoad {
  deliveriesPerSecond: number;
  /** mean number of nodes with recipients of a message, besides the one that stored it */
  otherNodes: number;
  /** messages per second that one node reads from the others */
  inboundPerNode: number;
  /** number of busy cores */
  nodeCores: number;
  redisCores: number;
  databaseCores: number;
}

const samples = 4_000;

/** Calculates the load on each part per second, with people spread over the nodes at random. */
export function fanOut(input: FanOut, costs: Costs): FanOutLoad {
  const { nodes, messagesPerSecond: rate, streams } = input;
  const audience = meanAudience(input.audiences);
  const otherNodes = meanOtherNodes(input);
  const readers = input.routing === 'all' ? nodes - 1 : otherNodes;
  const inboundPerNode = (rate * readers) / nodes;
  const storeUs = costs.storeUs + (nodes > 1 ? costs.publishUs : 0);
  const perNode = (rate * (storeUs + audience * costs.deliveryUs) + input.connections * costs.idleUs) / nodes;
  // A node also reads its own entries, and drops them.
  const published = nodes > 1 ? costs.redisAddUs + (readers + 1) * costs.redisReadUs : 0;
  return {
    deliveriesPerSecond: rate * audience,
    otherNodes,
    inboundPerNode,
    nodeCores: (perNode + inboundPerNode * costs.inboundUs) / 1e6,
    redisCores: (rate * published) / streams / 1e6,
    databaseCores: (rate * costs.databaseUs) / 1e6,
  };
}

/** The minimum number of nodes that keeps each below the given load; null when no number is enough. */
export function nodesFor(input: Omit<FanOut, 'nodes'>, costs: Costs, maxLoad: number, maxNodes = 100_000): number | null {
  const fits = (nodes: number) => fanOut({ ...input, nodes }, costs).nodeCores <= maxLoad;
  let high = 1;
  while (!fits(high)) {
    if (high >= maxNodes) return null;
    high = Math.min(maxNodes, high * 2);
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The rate of messages that saturates a part. @param busy gives the busy cores of the part */
export function maxMessages(
  input: Omit<FanOut, 'messagesPerSecond'>,
  busy: (load: FanOutLoad) => number,
  costs: Costs,
): number {
  // The load is linear in the rate, plus a constant for idle connections.
  const at = (messagesPerSecond: number) => busy(fanOut({ ...input, messagesPerSecond }, costs));
  const idleLoad = at(0);
  return (1 - idleLoad) / (at(1) - idleLoad);
}

export function meanAudience(audiences: Audience[]): number {
  const whole = audiences.reduce((sum, [share]) => sum + share, 0);
  return audiences.reduce((sum, [share, connections]) => sum + share * connections, 0) / whole;
}

/** Monte Carlo: places the connections of sampled messages on random nodes. The sender's connection is on the node that stores. */
function meanOtherNodes({ nodes, audiences, seed }: Pick<FanOut, 'nodes' | 'audiences' | 'seed'>): number {
  if (nodes === 1) return 0;
  const random = randomFrom(seed);
  const whole = audiences.reduce((sum, [share]) => sum + share, 0);
  let sum = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const connections = connectionsAt(audiences, random() * whole);
    const reached = new Set<number>();
    for (let one = 1; one < connections && reached.size < nodes; one += 1) reached.add(Math.floor(random() * nodes));
    reached.delete(0);
    sum += reached.size;
  }
  return sum / samples;
}

/** @param place from 0 to the sum of the shares */
function connectionsAt(audiences: Audience[], place: number): number {
  let end = 0;
  for (const [share, connections] of audiences) {
    end += share;
    if (place < end) return connections;
  }
  return audiences.at(-1)?.[1] ?? 1;
}
