import type { z } from 'zod';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** Who asks, and through which socket. */
export interface Caller {
  userId: string;
  sessionId: string;
  socket: ParleySocket;
}

/** Asks of one lane are done in the order in which their socket sent them, one after the other. */
export type QueueName = 'messages' | 'rooms';

/** What a client may ask for. */
export interface SocketEvent<Data> {
  schema: z.ZodType;
  /** `own`: what it calls counts for itself */
  limit: 'other' | 'typing' | 'own';
  lane?: QueueName;
  /** keeps the order of its own kind by itself, from the moment it is begun: only others of its lane wait for its end */
  queues?: boolean;
  handle(caller: Caller, input: unknown): Promise<Data>;
}

/** An event's schema and what is done with its parsed input; counted as `other` unless said otherwise. */
export function event<Schema extends z.ZodType, Data>(
  schema: Schema,
  handle: (caller: Caller, input: z.output<Schema>) => Promise<Data>,
  options: Partial<Pick<SocketEvent<Data>, 'limit' | 'lane' | 'queues'>> = {},
): SocketEvent<Data> {
  return { limit: 'other', ...options, schema, handle: (caller, input) => handle(caller, input as z.output<Schema>) };
}

/** The ack of what has nothing to tell but that it was done. */
export const nothing: Record<string, never> = {};
