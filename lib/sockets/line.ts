import { watchQueue } from '@/lib/process/metrics';
import { oncePerProcess } from '@/lib/process/once';
import type { Caller, LaneName, SocketEvent } from '@/lib/sockets/event';
import { Lane, type Ticket } from '@/lib/sockets/lane';
import { holdReading } from '@/lib/sockets/reading';

/**
 * Asks of one socket that may be under way at once: who sends faster than is answered is not read until some are, so that a load
 * beyond what the server carries costs it nothing. What one read brought at once beyond that is refused from `most` on.
 */
export const underWayLimits = { holdAt: 100, readOnAt: 50, most: 1_000 };

/** What is known of one socket's asks. */
export interface Line {
  caller: Caller;
  /** what every ask waits for; never rejects */
  settled: Promise<void>;
  isSettled: boolean;
  lanes: Partial<Record<LaneName, Lane>>;
  underWay: number;
  /** the server closed it: what it still asks is not done */
  expelled: boolean;
}

/** One ask, as far as its way is concerned. */
export interface Place {
  event: Pick<SocketEvent<unknown>, 'lane'> | undefined;
  /** of what has a lane */
  ticket: Ticket | undefined;
}

export function newLine(caller: Caller, settled: Promise<void>): Line {
  const line: Line = { caller, settled, isSettled: false, lanes: {}, underWay: 0, expelled: false };
  void settled.then(() => {
    line.isSettled = true;
  });
  return line;
}

/** An ask is under way. */
export function enter(line: Line, place: Place): void {
  asks().underWay.add(place);
  line.underWay += 1;
  if (line.underWay === underWayLimits.holdAt) holdReading(line.caller.socket, true);
}

/** What was typed second is not stored first. */
export function takeTicket(line: Line, place: Place, { lane, queues }: Pick<SocketEvent<unknown>, 'lane' | 'queues'>): void {
  if (!lane) return;
  line.lanes[lane] ??= new Lane();
  place.ticket = line.lanes[lane].take(queues ?? false);
}

/** It is answered. */
export function leave(line: Line, place: Place): void {
  const lane = place.event?.lane;
  place.ticket?.end();
  if (lane && line.lanes[lane]?.isEmpty) delete line.lanes[lane];
  line.underWay -= 1;
  if (line.underWay === underWayLimits.readOnAt) holdReading(line.caller.socket, false);
  const { underWay, awaited } = asks();
  underWay.delete(place);
  for (const those of awaited) if (those.asks.delete(place) && those.asks.size === 0) those.over();
}

/** While true, whatever comes is answered UNAVAILABLE: the process ends. */
export function refuseNewAsks(refuse: boolean): void {
  asks().refusing = refuse;
}

export const areAsksRefused = (): boolean => asks().refusing;

/** Waits until everything that is under way now is answered. @param withinMs but no longer */
export function answersDone(withinMs: number): Promise<void> {
  const { underWay, awaited } = asks();
  if (underWay.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const those = { asks: new Set(underWay), over: () => {} };
    const patience = setTimeout(() => those.over(), withinMs);
    patience.unref();
    those.over = () => {
      clearTimeout(patience);
      awaited.delete(those);
      resolve();
    };
    awaited.add(those);
  });
}

const asks = () =>
  oncePerProcess('socket.asks', () => {
    const underWay = new Set<Place>();
    watchQueue('socket_events', () => underWay.size);
    /** by whom, and what of it is left */
    const awaited = new Set<{ asks: Set<Place>; over: () => void }>();
    return { refusing: false, underWay, awaited };
  });
