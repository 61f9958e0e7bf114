import { watchQueue } from '@/lib/process/metrics';
import { oncePerProcess } from '@/lib/process/once';
import type { Caller, Lane, SocketEvent } from '@/lib/sockets/event';
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
  lanes: Partial<Record<Lane, Occupied>>;
  underWay: number;
  /** the server closed it: what it still asks is not done */
  expelled: boolean;
}

/** A lane in which something is under way. Its promises never reject. */
interface Occupied {
  asks: number;
  /** all of them are answered */
  over: Promise<unknown>;
  /** all but those that queue by themselves are */
  othersOver: Promise<unknown> | undefined;
}

type Kind = Pick<SocketEvent<unknown>, 'lane' | 'queues'>;

export function newLine(caller: Caller, settled: Promise<void>): Line {
  const line: Line = { caller, settled, isSettled: false, lanes: {}, underWay: 0, expelled: false };
  void settled.then(() => {
    line.isSettled = true;
  });
  return line;
}

/** What has to be over before an ask of this kind is begun: what was typed second is not stored first. */
export function aheadOf({ lanes }: Line, { lane, queues }: Kind): Promise<unknown> | undefined {
  const occupied = lane && lanes[lane];
  return queues ? occupied?.othersOver : occupied?.over;
}

/** An ask is under way. @param answered never rejects */
export function enter(line: Line, { lane, queues }: Kind, answered: Promise<unknown>): void {
  if (lane) {
    const occupied = line.lanes[lane];
    const over = occupied ? Promise.all([answered, occupied.over]) : answered;
    line.lanes[lane] = { asks: (occupied?.asks ?? 0) + 1, over, othersOver: queues ? occupied?.othersOver : over };
  }
  asks().underWay += 1;
  line.underWay += 1;
  if (line.underWay === underWayLimits.holdAt) holdReading(line.caller.socket, true);
}

/** It is answered. */
export function leave(line: Line, { lane }: Kind): void {
  const occupied = lane && line.lanes[lane];
  if (occupied) occupied.asks -= 1;
  if (lane && occupied?.asks === 0) delete line.lanes[lane];
  line.underWay -= 1;
  if (line.underWay === underWayLimits.readOnAt) holdReading(line.caller.socket, false);
  const all = asks();
  all.underWay -= 1;
  if (all.underWay === 0) all.whenDone();
}

/** While true, whatever comes is answered UNAVAILABLE: the process ends. */
export function refuseNewAsks(refuse: boolean): void {
  asks().refusing = refuse;
}

export const areAsksRefused = (): boolean => asks().refusing;

/** Waits until everything under way is answered. @param withinMs but no longer */
export function answersDone(withinMs: number): Promise<void> {
  const all = asks();
  if (all.underWay === 0) return Promise.resolve();
  return new Promise((resolve) => {
    all.whenDone = resolve;
    setTimeout(resolve, withinMs).unref();
  });
}

const asks = () =>
  oncePerProcess('socket.asks', () => {
    const made = { refusing: false, underWay: 0, whenDone: () => {} };
    watchQueue('socket_events', () => made.underWay);
    return made;
  });
