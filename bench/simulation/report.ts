import { browserBackoff } from '@/bench/load/backoff';
import { row, say, whole } from '@/bench/reports/table';
import { type FanOut, fanOut, maxMessages, meanAudience, nodesFor } from '@/bench/simulation/fan-out';
import { assumed, measured } from '@/bench/simulation/measured';
import { type StormInput, storm } from '@/bench/simulation/storm';

const seed = 20_261_121;
/** The browser's connection timeout. */
const timeoutMs = 20_000;
const audiences = [...assumed.audiences];

/** Prints the figures of docs/scale.md. Deterministic, and starts no server. */
export function simulate(): void {
  clusters();
  workspaces();
  storms();
}

/** The rate of messages that saturates each part. */
function clusters(): void {
  say(
    `\nsimulation: messages a second that each part carries; a message is heard by ${meanAudience(audiences).toFixed(1)} connections`,
  );
  say(row(['nodes', 'routing', 'streams', 'other nodes', 'all nodes', 'a Redis', 'a core of PG', 'first']));
  const rows: [number, FanOut['routing'], number][] = [
    [1, 'all', 1],
    [2, 'all', 1],
    [4, 'all', 1],
    [8, 'all', 1],
    [16, 'all', 1],
    [64, 'all', 1],
    [64, 'all', 8],
    [16, 'interested', 1],
    [64, 'interested', 8],
    [256, 'interested', 32],
  ];
  for (const [nodes, routing, streams] of rows) {
    const input = { nodes, routing, streams, audiences, seed, connections: nodes * assumed.connectionsPerNode };
    const node = maxMessages(input, (load) => load.nodeCores, measured.costs);
    const redis = nodes === 1 ? Number.POSITIVE_INFINITY : maxMessages(input, (load) => load.redisCores, measured.costs);
    const database = 1e6 / measured.costs.databaseUs;
    const { otherNodes } = fanOut({ ...input, messagesPerSecond: 1 }, measured.costs);
    const limits = [node, redis].map((limit) => (Number.isFinite(limit) ? whole(limit) : '-'));
    const cells = [`${nodes}`, routing, `${streams}`, otherNodes.toFixed(1), ...limits, whole(database)];
    say(row([...cells, node < redis ? 'nodes' : 'Redis']));
  }
}

/** The parts that workspaces of growing size need in their busiest second. */
function workspaces(): void {
  say('\nsimulation: what so many people need at their busiest, nodes busy to 0.7');
  say(row(['people', 'connected', 'messages/s', 'deliveries/s', 'nodes, all', 'interested', 'Redis cores', 'PG cores']));
  for (const people of [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]) {
    const { connections, messagesPerSecond } = busiestOf(people);
    const of = (routing: FanOut['routing']) =>
      nodesNeeded({ connections, messagesPerSecond, routing, streams: 1, audiences, seed });
    const [all, interested] = [of('all'), of('interested')];
    const nodes = interested ?? 1;
    const load = fanOut(
      { nodes, connections, messagesPerSecond, routing: 'interested', streams: 1, audiences, seed },
      measured.costs,
    );
    const first = [people, connections, messagesPerSecond, load.deliveriesPerSecond].map(whole);
    const last = [load.redisCores, load.databaseCores].map((one) => one.toFixed(1));
    say(row([...first, all === null ? 'never' : whole(all), interested === null ? 'never' : whole(interested), ...last]));
  }
}

export function busiestOf(people: number): { connections: number; messagesPerSecond: number } {
  return {
    connections: people * assumed.connectedShare * assumed.devices,
    messagesPerSecond: ((people * assumed.messagesPerPersonAndDay) / 86_400) * assumed.peak,
  };
}

/** The number of nodes needed for the load and for the connections. */
function nodesNeeded(input: Omit<FanOut, 'nodes'>): number | null {
  const byWork = nodesFor(input, measured.costs, assumed.maxLoad);
  return byWork && Math.max(byWork, Math.ceil(input.connections / assumed.connectionsPerNode));
}

/** How long reconnection takes. Large storms are scaled down a hundred times, clients and server alike. */
function storms(): void {
  say('\nsimulation: reconnect storms, seconds since the loss');
  say(row(['', 'clients', 'served/s', 'jitter', 'back p50', 'last', 'peak waiting', 'busiest s', 'gave up']));
  const one: StormInput = {
    clients: 5_000,
    backoff: browserBackoff,
    awayMs: 0,
    perSecond: measured.returnsPerSecond,
    timeoutMs,
    seed,
  };
  const withoutJitter = { ...browserBackoff, jitter: 0 };
  const wide = { ...browserBackoff, firstMs: 30_000, maxMs: 60_000, jitter: 1 };
  const cheap = { ...one, perSecond: 4 * one.perSecond };
  const cases: [string, StormInput][] = [
    ['cut', one],
    ['cut', { ...one, backoff: withoutJitter }],
    ['restarted', { ...one, awayMs: measured.restartMs }],
    ['restarted', { ...one, awayMs: measured.restartMs, backoff: withoutJitter }],
    ['4 times cheaper', cheap],
    ['one of 3 nodes dies', { ...one, clients: 10_000, perSecond: 2 * one.perSecond }],
    ['one of 10 dies', { ...one, clients: 10_000, perSecond: 9 * one.perSecond }],
    ['all of 10 restart', { ...one, clients: 100_000, perSecond: 10 * one.perSecond, awayMs: measured.restartMs }],
    [
      'the same, over 60 s',
      { ...one, clients: 100_000, perSecond: 10 * one.perSecond, awayMs: measured.restartMs, backoff: wide },
    ],
  ];
  for (const [name, input] of cases) {
    const result = storm(input);
    const seconds = [result.p50Ms, result.lastMs].map((ms) => (ms / 1_000).toFixed(1));
    const counts = [result.peakWaiting, result.busiestSecond, result.abandoned].map(whole);
    say(row([name, whole(input.clients), whole(input.perSecond), `${input.backoff.jitter}`, ...seconds, ...counts]));
  }
}
