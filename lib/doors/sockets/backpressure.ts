import type { LaneName } from '@/lib/domain/operation';
import { pauseReading } from '@/lib/doors/sockets/flow-control';
import { OrderedQueue, type Ticket } from '@/lib/doors/sockets/ordered-queue';
import type { RequestEntry, SocketCaller } from '@/lib/doors/sockets/request';
import { watchQueue } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/**
 * Requests of one socket that may be under way at once: who sends faster than is answered is not read until some are, so that a load
 * beyond what the server carries costs it nothing. What one read brought at once beyond that is refused from `most` on.
 */
export const inFlightLimits = { holdAt: 100, readOnAt: 50, most: 1_000 };

/** What is known of one socket's requests. */
export interface SocketRequests {
  caller: SocketCaller;
  /** what every request waits for; never rejects */
  settled: Promise<void>;
  isSettled: boolean;
  lanes: Record<LaneName, OrderedQueue | undefined>;
  underWay: number;
  /** the server closed it: what it still requests is not done */
  expelled: boolean;
}

/** One request, as far as its way is concerned. */
export interface TrackedRequest {
  entry: Pick<RequestEntry<unknown>, 'lane'> | undefined;
  /** of what has a lane */
  ticket: Ticket | undefined;
  generation: Generation | undefined;
}

/** Requests that came while nobody waited for what came before. */
interface Generation {
  /** not answered yet */
  left: number;
  /** resolves when all of a closed one are answered */
  answered: Promise<void>;
  end: () => void;
}

export function trackSocket(caller: SocketCaller, settled: Promise<void>): SocketRequests {
  const line: SocketRequests = {
    caller,
    settled,
    isSettled: false,
    lanes: { messages: undefined, rooms: undefined },
    underWay: 0,
    expelled: false,
  };
  void settled.then(() => {
    line.isSettled = true;
  });
  return line;
}

/** A request is under way. */
export function beginRequest(line: SocketRequests, request: TrackedRequest): void {
  request.generation = inFlight().open;
  request.generation.left += 1;
  line.underWay += 1;
  if (line.underWay === inFlightLimits.holdAt) pauseReading(line.caller.socket, true);
}

/** What was typed second is not stored first. */
export function enqueue(
  line: SocketRequests,
  request: TrackedRequest,
  { lane, keepsOrder }: Pick<RequestEntry<unknown>, 'lane' | 'keepsOrder'>,
): void {
  if (!lane) return;
  line.lanes[lane] ??= new OrderedQueue();
  request.ticket = line.lanes[lane].take(keepsOrder ?? false);
}

/** It is answered. */
export function leave(line: SocketRequests, request: TrackedRequest): void {
  const lane = request.entry?.lane;
  request.ticket?.end();
  // Not deleted: an object that loses keys becomes a table that grows among what is old, and holds what was in it (docs/decisions/017).
  if (lane && line.lanes[lane]?.isEmpty) line.lanes[lane] = undefined;
  line.underWay -= 1;
  if (line.underWay === inFlightLimits.readOnAt) pauseReading(line.caller.socket, false);
  const { generation } = request;
  if (!generation) return;
  generation.left -= 1;
  if (generation.left === 0 && generation !== inFlight().open) generation.end();
}

/** While true, whatever comes is answered UNAVAILABLE: the process ends. */
export function refuseNewRequests(refuse: boolean): void {
  inFlight().refusing = refuse;
}

export const areRequestsRefused = (): boolean => inFlight().refusing;

/** Waits until everything that is under way now is answered. @param withinMs but no longer */
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
