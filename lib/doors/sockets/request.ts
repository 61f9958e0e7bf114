import type { z } from 'zod';
import { answerOf, type Caller, type Operation, type Terms } from '@/lib/domain/operation';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** The person who sends a request, and the socket it comes through. */
export interface SocketCaller extends Caller {
  socket: ParleySocket;
}

/** What a client may request. */
export interface RequestEntry<Data> extends Terms {
  /** what the ack carries when all went well */
  answer: z.ZodType;
  handle(caller: SocketCaller, input: unknown): Promise<Data>;
}

/**
 * The request that does an operation.
 * @param around what it means for the socket, before and after the operation runs
 */
export function request<Input extends z.ZodType, Answer extends z.ZodType>(
  operation: Operation<Input, Answer>,
  around?: (caller: SocketCaller, input: z.output<Input>, run: () => Promise<z.input<Answer>>) => Promise<z.input<Answer>>,
): RequestEntry<z.input<Answer>> {
  const run = (caller: Caller, input: z.output<Input>) => operation.run(caller, input).then(answerOf);
  return {
    ...operation,
    handle: (caller, given) => {
      const input = given as z.output<Input>;
      return around ? around(caller, input, () => run(caller, input)) : run(caller, input);
    },
  };
}

/** A request that is no operation yet. */
export function inline<Schema extends z.ZodType, Data>(
  input: Schema,
  handle: (caller: SocketCaller, input: z.output<Schema>) => Promise<Data>,
  options: Partial<RequestEntry<Data>> = {},
): RequestEntry<Data> {
  return {
    limit: 'other',
    answer: input,
    ...options,
    input,
    handle: (caller, given) => handle(caller, given as z.output<Schema>),
  };
}
