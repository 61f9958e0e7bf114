import { randomFrom } from '@/bench/load/random';

/** microseconds of processor, but for idleUs: a second and connection */
export interface Costs {
  /** the node that stores a message, its own deliveries aside */
  storeUs: number;
  /** a write to one connection */
  deliveryUs: number;
  /** the same node, for telling the others; one that is alone does not */
  publishUs: number;
  /** a node that reads what another one published */
  inboundUs: number;
  /** a connection that does nothing */
  idleUs: number;
  databaseUs: number;
  /** Redis, for an entry that is added, and for one that is read by one node */
  redisAddUs: number;
  redisReadUs: number;
}

/** Of so many parts of all messages, this many connections hear each. */
export type Audience = [share: number, connections: number];

export interface FanOut {
  nodes: number;
  connections: number;
  messagesPerSecond: number;
  audiences: Audience[];
  /** `all`: every node reads everything; `interested`: a node reads what somebody on it hears */
  routing: 'all' | 'interested';
  /** over which the conversations are spread, each on a Redis of its own */
  streams: number;
  seed: number;
}

export interface FanOutLoad {
  deliveriesPerSecond: number;
  /** nodes, other than the one that stored it, on which somebody hears a message; the mean */
  otherNodes: number;
  /** what one node reads of the others, a second */
  inboundPerNode: number;
  /** busy cores */
  nodeCores: number;
  redisCores: number;
  databaseCores: number;
}

const samples = 4_000;

/** What one second of messages costs each part, when people are spread over the nodes by chance. */
export function fanOut(input: FanOut, costs: Costs): FanOutLoad {
  const { nodes, messagesPerSecond: rate, streams } = input;
  const audience = meanAudience(input.audiences);
  const otherNodes = meanOtherNodes(input);
  const readers = input.routing === 'all' ? nodes - 1 : otherNodes;
  const inboundPerNode = (rate * readers) / nodes;
  const storeUs = costs.storeUs + (nodes > 1 ? costs.publishUs : 0);
  const perNode = (rate * (storeUs + audience * costs.deliveryUs) + input.connections * costs.idleUs) / nodes;
  // The adapter's own entries come back to who wrote them, and are dropped there.
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

/** The fewest nodes of which none is busier than that; null when no number of nodes is enough. */
export function nodesFor(input: Omit<FanOut, 'nodes'>, costs: Costs, busiest: number, most = 100_000): number | null {
  const fits = (nodes: number) => fanOut({ ...input, nodes }, costs).nodeCores <= busiest;
  let high = 1;
  while (!fits(high)) {
    if (high >= most) return null;
    high = Math.min(most, high * 2);
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Messages a second at which something is busy all the time. */
export function mostMessages(
  input: Omit<FanOut, 'messagesPerSecond'>,
  busy: (load: FanOutLoad) => number,
  costs: Costs,
): number {
  // Everything but idle connections grows with the rate in a straight line.
  const at = (messagesPerSecond: number) => busy(fanOut({ ...input, messagesPerSecond }, costs));
  const still = at(0);
  return (1 - still) / (at(1) - still);
}

export function meanAudience(audiences: Audience[]): number {
  const whole = audiences.reduce((sum, [share]) => sum + share, 0);
  return audiences.reduce((sum, [share, connections]) => sum + share * connections, 0) / whole;
}

/** By throwing each sampled message's connections onto nodes; the sender's is one of them, and on the node that stores. */
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
