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

/** One ask, as far as its way is concerned; of an event that does not exist there is no kind. */
interface Ask {
  event: Kind | undefined;
}

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
export function enter(line: Line, ask: Ask, answered: Promise<unknown>): void {
  const { lane, queues } = ask.event ?? {};
  if (lane) {
    const occupied = line.lanes[lane];
    const over = occupied ? Promise.all([answered, occupied.over]) : answered;
    line.lanes[lane] = { asks: (occupied?.asks ?? 0) + 1, over, othersOver: queues ? occupied?.othersOver : over };
  }
  asks().underWay.add(ask);
  line.underWay += 1;
  if (line.underWay === underWayLimits.holdAt) holdReading(line.caller.socket, true);
}

/** It is answered. */
export function leave(line: Line, ask: Ask): void {
  const lane = ask.event?.lane;
  const occupied = lane && line.lanes[lane];
  if (occupied) occupied.asks -= 1;
  if (lane && occupied?.asks === 0) delete line.lanes[lane];
  line.underWay -= 1;
  if (line.underWay === underWayLimits.readOnAt) holdReading(line.caller.socket, false);
  const { underWay, awaited } = asks();
  underWay.delete(ask);
  for (const those of awaited) if (those.asks.delete(ask) && those.asks.size === 0) those.over();
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
    const underWay = new Set<Ask>();
    watchQueue('socket_events', () => underWay.size);
    /** by whom, and what of it is left */
    const awaited = new Set<{ asks: Set<Ask>; over: () => void }>();
    return { refusing: false, underWay, awaited };
  });
