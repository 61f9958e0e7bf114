import { invalid, ParleyError, parse, unavailable } from '@/lib/errors/error';
import { takeLimit } from '@/lib/limits/limiter';
import { log } from '@/lib/process/log';
import { oncePerProcess } from '@/lib/process/once';
import type { Ack } from '@/lib/realtime/events';
import type { ParleySocket } from '@/lib/realtime/io';
import { toWire } from '@/lib/sockets/answer';
import type { Caller, Lane, SocketEvent } from '@/lib/sockets/event';
import { table } from '@/lib/sockets/table';

/**
 * Answers everything a socket sends, known or not. It stands where Socket.IO runs packet middleware and passes nothing on, so
 * a client cannot raise an event that means something to the server's own emitter ("error").
 * @param settled what every event waits for
 */
export function answerEvents(socket: ParleySocket, settled: Promise<void>): void {
  const line: Line = { caller: { ...socket.data, socket }, settled, lanes: {}, expelled: false };
  socket.on('disconnect', (reason) => {
    line.expelled = reason === 'server namespace disconnect';
  });
  socket.use((packet) => void receive(line, packet as unknown[]));
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

/** What is known of one socket's asks. */
interface Line {
  caller: Caller;
  settled: Promise<void>;
  /** the last ask of each lane */
  lanes: Partial<Record<Lane, Promise<unknown>>>;
  /** the server closed it: what it still asks is not done */
  expelled: boolean;
}

async function receive(line: Line, [name, ...rest]: unknown[]): Promise<void> {
  // JSON brings no functions: a function is Socket.IO's own, and there is one only when the client asked for an answer.
  const ack = typeof rest.at(-1) === 'function' ? (rest.pop() as Ack<unknown>) : undefined;
  const work = perform(line, name, rest[0]).then(
    (data) => ack?.({ ok: true, data }),
    (error) => {
      const wire = toWire(error, String(name).slice(0, 40));
      ack?.({ ok: false, error: wire });
    },
  );
  state().underWay.add(work);
  await work.catch((err) => log().error({ err }, 'Could not answer a socket event.'));
  state().underWay.delete(work);
}

async function perform(line: Line, name: unknown, input: unknown): Promise<unknown> {
  if (state().refusing) throw unavailable('This server is restarting. Please try again.');
  const event = typeof name === 'string' && Object.hasOwn(table, name) ? table[name as keyof typeof table] : undefined;
  if (!event) throw invalid({ event: 'There is no such event.' });
  const run = () => handle(line, event as SocketEvent<unknown>, input);
  if (!event.lane) return run();
  // One after the other, as they were sent: what somebody typed second is not stored first.
  const turn = (line.lanes[event.lane] ?? Promise.resolve()).then(run, run);
  line.lanes[event.lane] = turn;
  return turn;
}

async function handle(line: Line, event: SocketEvent<unknown>, input: unknown): Promise<unknown> {
  await line.settled;
  if (line.expelled) throw new ParleyError('UNAUTHENTICATED', 'Sign in first.');
  if (event.limit === 'typing') return handleUnlessTooMany(line, event, input);
  if (event.limit === 'other') await takeLimit('other', line.caller.userId);
  return event.handle(line.caller, parse(event.schema, plain(input)));
}

/** An indicator too many is not worth an error: it is dropped. */
async function handleUnlessTooMany(line: Line, event: SocketEvent<unknown>, input: unknown): Promise<unknown> {
  const parsed = parse(event.schema, plain(input));
  try {
    await takeLimit('typing', line.caller.userId);
  } catch (error) {
    if (error instanceof ParleyError && error.code === 'RATE_LIMIT_EXCEEDED') return {};
    throw error;
  }
  return event.handle(line.caller, parsed);
}

/** Bytes are no object, though a schema without required fields would take them for one. */
function plain(input: unknown): unknown {
  if (Buffer.isBuffer(input) || Array.isArray(input)) throw invalid({ body: 'Expected an object.' });
  return input;
}

const state = () => oncePerProcess('socket.asks', () => ({ refusing: false, underWay: new Set<Promise<unknown>>() }));
