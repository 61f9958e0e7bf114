import { performance } from 'node:perf_hooks';

/** One message that somebody wanted to send, from the first attempt to the acknowledgement. */
export interface Operation {
  /** the sender's id */
  client: string;
  op: 'send';
  conversation: string;
  /** its clientMessageId */
  id: string;
  content: string;
  /** of the first attempt, ms */
  tSend: number;
  /** null: nobody acknowledged it (yet), so it may or may not be stored */
  tAck: number | null;
  seq: number | null;
  messageId: string | null;
}

/** What happened, as the clients saw it; in memory, in the order of the first attempts. */
export class History {
  readonly operations: Operation[] = [];
  acked = 0;
  /** called at each acknowledgement, before anything else happens */
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
