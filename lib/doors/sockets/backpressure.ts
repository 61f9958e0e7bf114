import type { LaneName } from '@/lib/domain/operation';
import { pauseReading } from '@/lib/doors/sockets/flow-control';
import { OrderedQueue, type Ticket } from '@/lib/doors/sockets/ordered-queue';
import type { RequestEntry, SocketCaller } from '@/lib/doors/sockets/request';
import { watchQueue } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/**
 * Limits of one socket's requests in flight. From `holdAt` on the socket is not read until fewer than `readOnAt` are left, so
 * that load beyond the server's capacity costs nothing. A single read may bring more; from `max` on requests are refused.
 */
export const inFlightLimits = { holdAt: 100, readOnAt: 50, max: 1_000 };

/** The state of one socket's requests. */
export interface SocketRequests {
  caller: SocketCaller;
  /** every request waits for it; never rejects */
  settled: Promise<void>;
  lanes: Record<LaneName, OrderedQueue | undefined>;
  underWay: number;
  /** the server closed the socket: its later requests are not run */
  expelled: boolean;
}

/** The tracking data of one request. */
export interface TrackedRequest {
  entry: Pick<RequestEntry<unknown>, 'lane'> | undefined;
  /** only of requests with a lane */
  ticket: Ticket | undefined;
  generation: Generation | undefined;
}

/** Requests that arrived before anybody waited for them. */
interface Generation {
  /** number of requests without an answer */
  left: number;
  /** resolves when all requests of a closed generation are answered */
  answered: Promise<void>;
  end: () => void;
}

export function trackSocket(caller: SocketCaller, settled: Promise<void>): SocketRequests {
  return { caller, settled, lanes: { messages: undefined, rooms: undefined }, underWay: 0, expelled: false };
}

export function beginRequest(line: SocketRequests, request: TrackedRequest): void {
  request.generation = inFlight().open;
  request.generation.left += 1;
  line.underWay += 1;
  if (line.underWay === inFlightLimits.holdAt) pauseReading(line.caller.socket, true);
}

/** Requests of one lane run in order, so that messages are stored as they were typed. */
export function enqueue(
  line: SocketRequests,
  request: TrackedRequest,
  { lane, keepsOrder }: Pick<RequestEntry<unknown>, 'lane' | 'keepsOrder'>,
): void {
  if (!lane) return;
  line.lanes[lane] ??= new OrderedQueue();
  request.ticket = line.lanes[lane].take(keepsOrder ?? false);
}

export function leave(line: SocketRequests, request: TrackedRequest): void {
  const lane = request.entry?.lane;
  request.ticket?.end();
  // Set to undefined instead of deleted: an object that loses keys becomes a table that grows in the old generation and keeps its
  // old entries alive (docs/decisions/017).
  if (lane && line.lanes[lane]?.isEmpty) line.lanes[lane] = undefined;
  line.underWay -= 1;
  if (line.underWay === inFlightLimits.readOnAt) pauseReading(line.caller.socket, false);
  const { generation } = request;
  if (!generation) return;
  generation.left -= 1;
  if (generation.left === 0 && generation !== inFlight().open) generation.end();
}

/** While true, new requests are answered UNAVAILABLE, because the process ends. */
export function refuseNewRequests(refuse: boolean): void {
  inFlight().refusing = refuse;
}

export const areRequestsRefused = (): boolean => inFlight().refusing;

/**
 * Waits until all requests that are now in flight are answered.
 * @param withinMs the maximum time
 */
export async function requestsSettled(withinMs: number): Promise<void> {
  const state = inFlight();
  state.closed = [...state.closed, state.open].filter(({ left }) => left > 0);
  state.open = newGeneration();
  if (state.closed.length === 0) return;
  let patience: NodeJS.Timeout | undefined;
  const patienceIsOver = new Promise((resolve) => {
    patience = setTimeout(resolve, withinMs).unref();
  });
  await Promise.race([Promise.all(state.closed.map(({ answered }) => answered)), patienceIsOver]);
  clearTimeout(patience);
}

function newGeneration(): Generation {
  let end = () => {};
  const answered = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { left: 0, answered, end };
}

const inFlight = () =>
  processSingleton('socket.requests', () => {
    const state = { refusing: false, open: newGeneration(), closed: [] as Generation[] };
    watchQueue('socket_events', () => state.closed.reduce((sum, { left }) => sum + left, state.open.left));
    return state;
  });
