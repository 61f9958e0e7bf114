import { performance } from 'node:perf_hooks';

/** A message, from the first attempt to send it to its ack. */
export interface Operation {
  /** the sender's id */
  client: string;
  op: 'send';
  conversation: string;
  /** its clientMessageId */
  id: string;
  content: string;
  /** time of the first attempt, ms */
  tSend: number;
  /** null: not acknowledged (yet), so it may or may not be stored */
  tAck: number | null;
  seq: number | null;
  messageId: string | null;
}

/** The sends of all clients, in the order of the first attempts. */
export class History {
  readonly operations: Operation[] = [];
  acked = 0;
  /** called synchronously at each ack */
  onAck: () => void = () => {};

  begin(client: string, conversation: string, id: string, content: string): Operation {
    const operation: Operation = {
      ...{ client, op: 'send', conversation, id, content },
      ...{ tSend: performance.now(), tAck: null, seq: null, messageId: null },
    };
    this.operations.push(operation);
    return operation;
  }

  ack(operation: Operation, { seq, messageId }: { seq: number; messageId: string }): void {
    Object.assign(operation, { tAck: performance.now(), seq, messageId });
    this.acked += 1;
    this.onAck();
  }

  of(conversation: string): Operation[] {
    return this.operations.filter((operation) => operation.conversation === conversation);
  }
}
