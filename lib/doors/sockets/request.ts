import type { z } from 'zod';
import { answerOf, type Caller, type Operation, type Terms } from '@/lib/domain/operation';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** The sender of a request, with their socket. */
export interface SocketCaller extends Caller {
  socket: ParleySocket;
}

/** A request that clients can send. */
export interface RequestEntry<Data, Input extends z.ZodType = z.ZodType> extends Terms<Input> {
  /** the ack of a successful request */
  answer: z.ZodType;
  handle(caller: SocketCaller, input: z.output<Input>): Promise<Data>;
}

/**
 * The request that runs an operation.
 * @param around the effects on the socket, before and after the operation
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
