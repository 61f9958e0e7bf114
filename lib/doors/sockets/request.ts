import type { z } from 'zod';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** The person who sends a request, and the socket it comes through. */
export interface Caller {
  userId: string;
  sessionId: string;
  socket: ParleySocket;
}

/** Requests of one lane are done in the order in which their socket sent them, one after the other. */
export type QueueName = 'messages' | 'rooms';

/** What a client may request. */
export interface RequestEntry<Data> {
  schema: z.ZodType;
  /** `own`: what it calls counts for itself */
  limit: 'other' | 'typing' | 'own';
  lane?: QueueName;
  /** keeps the order of its own kind by itself, from the moment it is begun: only others of its lane wait for its end */
  queues?: boolean;
  handle(caller: Caller, input: unknown): Promise<Data>;
}

/** A request's schema and what is done with its parsed input; counted as `other` unless said otherwise. */
export function request<Schema extends z.ZodType, Data>(
  schema: Schema,
  handle: (caller: Caller, input: z.output<Schema>) => Promise<Data>,
  options: Partial<Pick<RequestEntry<Data>, 'limit' | 'lane' | 'queues'>> = {},
): RequestEntry<Data> {
  return { limit: 'other', ...options, schema, handle: (caller, input) => handle(caller, input as z.output<Schema>) };
}

/** The ack of what has nothing to tell but that it was done. */
export const nothing: Record<string, never> = {};
