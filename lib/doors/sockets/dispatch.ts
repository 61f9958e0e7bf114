import type { Ack } from '@/lib/domain/contract';
import { nothing } from '@/lib/domain/operation';
import { takeInput } from '@/lib/doors/input';
import { toWire } from '@/lib/doors/sockets/answer';
import {
  areRequestsRefused,
  beginRequest,
  enqueue,
  inFlightLimits,
  leave,
  type SocketRequests,
  type TrackedRequest,
  trackSocket,
} from '@/lib/doors/sockets/backpressure';
import { socketMetrics } from '@/lib/doors/sockets/metrics';
import type { RequestEntry } from '@/lib/doors/sockets/request';
import { table } from '@/lib/doors/sockets/table';
import { invalid, ParleyError, unavailable } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';
import { inContext } from '@/lib/platform/process/context';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/**
 * Answers all packets of a socket, known or not. It runs as Socket.IO's packet middleware and passes nothing on, so that a client
 * cannot raise an event with a meaning for the server's own emitter ("error").
 * @param settled every request waits for it
 */
export function answerEvents(socket: ParleySocket, settled: Promise<void>): void {
  const line = trackSocket({ ...socket.data, connectionId: socket.id, socket }, settled);
  socket.on('disconnect', (reason) => {
    line.expelled = reason === 'server namespace disconnect';
  });
  const context = { socketId: socket.id };
  socket.use((packet) => inContext(context, () => receive(line, packet as unknown[])));
}

interface ReceivedRequest extends TrackedRequest {
  entry: RequestEntry<unknown> | undefined;
  /** a name of the table, or `unknown` */
  name: string;
  begun: number;
  /** only when the client wants an ack */
  ack: Ack<unknown> | undefined;
}

function receive(line: SocketRequests, packet: unknown[]): void {
  const given = packet[0];
  // JSON has no functions: a function comes from Socket.IO, when the client wants an ack.
  const last = packet.at(-1);
  const ack = typeof last === 'function' ? (last as Ack<unknown>) : undefined;
  const input = packet[1] === ack ? undefined : packet[1];
  const name = typeof given === 'string' && Object.hasOwn(table, given) ? (given as keyof typeof table) : undefined;
  const entry = name && (table[name] as RequestEntry<unknown>);
  const request: ReceivedRequest = {
    entry,
    name: name ?? 'unknown',
    begun: performance.now(),
    ack,
    ticket: undefined,
    generation: undefined,
  };
  beginRequest(line, request);
  perform(line, request, input).then(
    (data) => settle(line, request, { ok: true, data }),
    (error) => settle(line, request, { ok: false, error: toWire(error, String(given).slice(0, 40)) }),
  );
}

function settle(line: SocketRequests, request: ReceivedRequest, answer: Parameters<Ack<unknown>>[0]): void {
  const { name, begun, ack } = request;
  try {
    ack?.(answer);
    const { acks, requests } = socketMetrics();
    acks.inc({ code: answer.ok ? 'ok' : answer.error.code });
    requests.observe({ event: name }, (performance.now() - begun) / 1_000);
  } catch (err) {
    log().error({ err }, 'Could not answer a socket request.');
  }
  leave(line, request);
}

/** A request waits for its turn with its parsed input, so that waiting requests are small. */
async function perform(line: SocketRequests, request: ReceivedRequest, input: unknown): Promise<unknown> {
  const { entry } = request;
  if (areRequestsRefused()) throw unavailable('This server is restarting. Please try again.');
  if (line.underWay > inFlightLimits.max) throw unavailable('Too much at once: wait for some of the answers.');
  if (!entry) throw invalid({ event: 'There is no such event.' });
  enqueue(line, request, entry);
  await line.settled;
  const parsed = await prepare(line, entry, input);
  const work = () => handle(line, entry, parsed);
  return request.ticket ? request.ticket.begin(work) : work();
}

/** @returns the parsed input, or `dropped` */
async function prepare(line: SocketRequests, entry: RequestEntry<unknown>, input: unknown): Promise<unknown> {
  try {
    return await takeInput(entry, line.caller.userId, () => plain(input));
  } catch (error) {
    const isOverLimit = error instanceof ParleyError && error.code === 'RATE_LIMIT_EXCEEDED';
    if (entry.dropOverLimit && isOverLimit) return dropped;
    throw error;
  }
}

function handle({ caller, expelled }: SocketRequests, entry: RequestEntry<unknown>, input: unknown): Promise<unknown> {
  if (expelled) throw new ParleyError('UNAUTHENTICATED', 'Sign in first.');
  return input === dropped ? Promise.resolve(nothing) : entry.handle(caller, input);
}

const dropped = Symbol('dropped');

/** Bytes are refused: a schema without required fields would accept them as an object. */
function plain(input: unknown): unknown {
  if (Buffer.isBuffer(input) || Array.isArray(input)) throw invalid({ body: 'Expected an object.' });
  return input;
}
