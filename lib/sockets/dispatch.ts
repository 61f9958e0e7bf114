import { invalid, ParleyError, parse, unavailable } from '@/lib/errors/error';
import { takeLimit } from '@/lib/limits/limiter';
import { inContext } from '@/lib/process/context';
import { log } from '@/lib/process/log';
import { measured, watchQueue } from '@/lib/process/metrics';
import { oncePerProcess } from '@/lib/process/once';
import type { Ack } from '@/lib/realtime/events';
import type { ParleySocket } from '@/lib/realtime/io';
import { toWire } from '@/lib/sockets/answer';
import { type Caller, type Lane, nothing, type SocketEvent } from '@/lib/sockets/event';
import { holdReading } from '@/lib/sockets/reading';
import { table } from '@/lib/sockets/table';

/**
 * Answers everything a socket sends, known or not. It stands where Socket.IO runs packet middleware and passes nothing on, so
 * a client cannot raise an event that means something to the server's own emitter ("error").
 * @param settled what every event waits for
 */
export function answerEvents(socket: ParleySocket, settled: Promise<void>): void {
  const line: Line = { caller: { ...socket.data, socket }, settled, lanes: {}, underWay: 0, expelled: false };
  socket.on('disconnect', (reason) => {
    line.expelled = reason === 'server namespace disconnect';
  });
  socket.use((packet) => void inContext({ socketId: socket.id }, () => receive(line, packet as unknown[])));
}

/** While true, whatever comes is answered UNAVAILABLE: the process ends. */
export function refuseNewAsks(refuse: boolean): void {
  state().refusing = refuse;
}

/** Waits until everything under way is answered. @param withinMs but no longer */
export function answersDone(withinMs: number): Promise<void> {
  const { underWay } = state();
  const late = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
  return Promise.race([late, Promise.allSettled(underWay).then(() => {})]);
}

/**
 * Asks of one socket that may be under way at once: who sends faster than is answered is not read until some are, so that a load
 * beyond what the server carries costs it nothing. What one read brought at once beyond that is refused from `most` on.
 */
const underWayLimits = { holdAt: 100, readOnAt: 50, most: 1_000 };

/** What is known of one socket's asks. */
interface Line {
  caller: Caller;
  settled: Promise<void>;
  /** the last ask of each lane; never rejects */
  lanes: Partial<Record<Lane, Promise<unknown>>>;
  underWay: number;
  /** the server closed it: what it still asks is not done */
  expelled: boolean;
}

async function receive(line: Line, [name, ...rest]: unknown[]): Promise<void> {
  const begun = performance.now();
  // JSON brings no functions: a function is Socket.IO's own, and there is one only when the client asked for an answer.
  const ack = typeof rest.at(-1) === 'function' ? (rest.pop() as Ack<unknown>) : undefined;
  const answered = perform(line, name, rest[0])
    .then(
      (data) => settle(name, begun, ack, { ok: true, data }),
      (error) => settle(name, begun, ack, { ok: false, error: toWire(error, String(name).slice(0, 40)) }),
    )
    .catch((err) => log().error({ err }, 'Could not answer a socket event.'));
  state().underWay.add(answered);
  line.underWay += 1;
  if (line.underWay === underWayLimits.holdAt) holdReading(line.caller.socket, true);
  await answered;
  line.underWay -= 1;
  if (line.underWay === underWayLimits.readOnAt) holdReading(line.caller.socket, false);
  state().underWay.delete(answered);
}

function settle(name: unknown, begun: number, ack: Ack<unknown> | undefined, answer: Parameters<Ack<unknown>>[0]): void {
  ack?.(answer);
  const { acks, asks } = measured();
  acks.inc({ code: answer.ok ? 'ok' : answer.error.code });
  const event = typeof name === 'string' && Object.hasOwn(table, name) ? name : 'unknown';
  asks.observe({ event }, (performance.now() - begun) / 1_000);
}

async function perform(line: Line, name: unknown, input: unknown): Promise<unknown> {
  if (state().refusing) throw unavailable('This server is restarting. Please try again.');
  if (line.underWay >= underWayLimits.most) throw unavailable('Too much at once: wait for some of the answers.');
  const event = typeof name === 'string' && Object.hasOwn(table, name) ? table[name as keyof typeof table] : undefined;
  if (!event) throw invalid({ event: 'There is no such event.' });
  return inTurn(line, event as SocketEvent<unknown>, prepare(line, event as SocketEvent<unknown>, input));
}

/** Counted and parsed at once, so that what waits for its turn is small. */
async function prepare(line: Line, event: SocketEvent<unknown>, input: unknown): Promise<unknown> {
  await line.settled;
  if (event.limit === 'other') await takeLimit('other', line.caller.userId);
  const parsed = parse(event.schema, plain(input));
  return event.limit === 'typing' && (await isTooMuchTyping(line.caller.userId)) ? dropped : parsed;
}

/** One after the other within a lane, as they were sent: what somebody typed second is not stored first. */
async function inTurn(line: Line, event: SocketEvent<unknown>, prepared: Promise<unknown>): Promise<unknown> {
  const before = event.lane && line.lanes[event.lane];
  const turn = Promise.all([prepared, before]).then(([input]) => handle(line, event, input));
  if (event.lane) line.lanes[event.lane] = Promise.allSettled([turn, before]);
  return turn;
}

async function handle({ caller, expelled }: Line, event: SocketEvent<unknown>, input: unknown): Promise<unknown> {
  if (expelled) throw new ParleyError('UNAUTHENTICATED', 'Sign in first.');
  return input === dropped ? nothing : event.handle(caller, input);
}

/** An indicator too many is not worth an error. */
const dropped = Symbol('dropped');

async function isTooMuchTyping(userId: string): Promise<boolean> {
  try {
    await takeLimit('typing', userId);
    return false;
  } catch (error) {
    if (error instanceof ParleyError && error.code === 'RATE_LIMIT_EXCEEDED') return true;
    throw error;
  }
}

/** Bytes are no object, though a schema without required fields would take them for one. */
function plain(input: unknown): unknown {
  if (Buffer.isBuffer(input) || Array.isArray(input)) throw invalid({ body: 'Expected an object.' });
  return input;
}

const state = () =>
  oncePerProcess('socket.asks', () => {
    const made = { refusing: false, underWay: new Set<Promise<unknown>>() };
    watchQueue('socket_events', () => made.underWay.size);
    return made;
  });
