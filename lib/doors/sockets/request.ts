import type { z } from 'zod';
import { answerOf, type Caller, type Operation, type Terms } from '@/lib/domain/operation';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** The person who sends a request, and the socket it comes through. */
export interface SocketCaller extends Caller {
  socket: ParleySocket;
}

/** What a client may request. */
export interface RequestEntry<Data, Input extends z.ZodType = z.ZodType> extends Terms<Input> {
  /** what the ack carries when all went well */
  answer: z.ZodType;
  handle(caller: SocketCaller, input: z.output<Input>): Promise<Data>;
}

/**
 * The request that does an operation.
 * @param around what it means for the socket, before and after the operation runs
 */
export function request<Input extends z.ZodType, Answer extends z.ZodType>(
  operation: Operation<Input, Answer>,
  around?: (caller: SocketCaller, input: z.output<Input>, run: () => Promise<z.input<Answer>>) => Promise<z.input<Answer>>,
): RequestEntry<z.input<Answer>, Input> {
  const run = (caller: Caller, input: z.output<Input>) => operation.run(caller, input).then(answerOf);
  return {
    ...operation,
    handle: around ? (caller, input) => around(caller, input, () => run(caller, input)) : run,
  };
}
