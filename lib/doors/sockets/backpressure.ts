import type { Caller, QueueName, SocketEvent } from '@/lib/doors/sockets/event';
import { pauseReading } from '@/lib/doors/sockets/flow-control';
import { OrderedQueue, type Ticket } from '@/lib/doors/sockets/ordered-queue';
import { watchQueue } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/**
 * Asks of one socket that may be under way at once: who sends faster than is answered is not read until some are, so that a load
 * beyond what the server carries costs it nothing. What one read brought at once beyond that is refused from `most` on.
 */
export const inFlightLimits = { holdAt: 100, readOnAt: 50, most: 1_000 };

/** What is known of one socket's asks. */
export interface SocketRequests {
  caller: Caller;
  /** what every ask waits for; never rejects */
  settled: Promise<void>;
  isSettled: boolean;
  lanes: Record<QueueName, OrderedQueue | undefined>;
  underWay: number;
  /** the server closed it: what it still asks is not done */
  expelled: boolean;
}

/** One ask, as far as its way is concerned. */
export interface TrackedRequest {
  event: Pick<SocketEvent<unknown>, 'lane'> | undefined;
  /** of what has a lane */
  ticket: Ticket | undefined;
  cohort: Generation | undefined;
}

/** Asks that came while nobody waited for what came before. */
interface Generation {
  /** not answered yet */
  left: number;
  /** resolves when all of a closed one are answered */
  answered: Promise<void>;
  end: () => void;
}

export function trackSocket(caller: Caller, settled: Promise<void>): SocketRequests {
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

/** An ask is under way. */
export function beginRequest(line: SocketRequests, place: TrackedRequest): void {
  place.cohort = asks().open;
  place.cohort.left += 1;
  line.underWay += 1;
  if (line.underWay === inFlightLimits.holdAt) pauseReading(line.caller.socket, true);
}

/** What was typed second is not stored first. */
export function enqueue(
  line: SocketRequests,
  place: TrackedRequest,
  { lane, queues }: Pick<SocketEvent<unknown>, 'lane' | 'queues'>,
): void {
  if (!lane) return;
  line.lanes[lane] ??= new OrderedQueue();
  place.ticket = line.lanes[lane].take(queues ?? false);
}

/** It is answered. */
export function leave(line: SocketRequests, place: TrackedRequest): void {
  const lane = place.event?.lane;
  place.ticket?.end();
  // Not deleted: an object that loses keys becomes a table that grows among what is old, and holds what was in it (docs/decisions/017).
  if (lane && line.lanes[lane]?.isEmpty) line.lanes[lane] = undefined;
  line.underWay -= 1;
  if (line.underWay === inFlightLimits.readOnAt) pauseReading(line.caller.socket, false);
  const { cohort } = place;
  if (!cohort) return;
  cohort.left -= 1;
  if (cohort.left === 0 && cohort !== asks().open) cohort.end();
}

/** While true, whatever comes is answered UNAVAILABLE: the process ends. */
export function refuseNewRequests(refuse: boolean): void {
  asks().refusing = refuse;
}

export const areRequestsRefused = (): boolean => asks().refusing;

/** Waits until everything that is under way now is answered. @param withinMs but no longer */
export async function requestsSettled(withinMs: number): Promise<void> {
  const state = asks();
  state.closed = [...state.closed, state.open].filter(({ left }) => left > 0);
  state.open = newCohort();
  if (state.closed.length === 0) return;
  let patience: NodeJS.Timeout | undefined;
  const patienceIsOver = new Promise((resolve) => {
    patience = setTimeout(resolve, withinMs).unref();
  });
  await Promise.race([Promise.all(state.closed.map(({ answered }) => answered)), patienceIsOver]);
  clearTimeout(patience);
}

function newCohort(): Generation {
  let end = () => {};
  const answered = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { left: 0, answered, end };
}

const asks = () =>
  processSingleton('socket.asks', () => {
    const state = { refusing: false, open: newCohort(), closed: [] as Generation[] };
    watchQueue('socket_events', () => state.closed.reduce((sum, { left }) => sum + left, state.open.left));
    return state;
  });
