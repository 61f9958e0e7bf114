import type { Draft } from '@/lib/messages/draft';
import type { Message } from '@/lib/messages/schema';
import { outOfContext } from '@/lib/process/context';

/** What its sender gets: the message, or of a retry the id of the first one. */
export type Stored = { again: false; message: Message } | { again: true; id: string };

/** A draft on its way, and whom to tell of its end. */
export interface Waiting {
  draft: Draft;
  resolve: (stored: Stored) => void;
  reject: (error: unknown) => void;
}

/** Bounds of one commit, and so of one event: a long transaction delays all, a huge event whoever it goes to. */
const batchLength = 200;
const batchCharacters = 256 * 1024;

/**
 * Drafts in the order in which they came, written batch by batch, one at a time: whatever comes while one is being written goes
 * into the next, and nothing waits for a timer.
 */
export class WriteQueue {
  private waiting: Waiting[] = [];
  private busy = false;

  /** @param write settles everything it is given, in its own time; resolves when the next batch may follow */
  constructor(
    private readonly write: (batch: Waiting[]) => Promise<unknown>,
    private readonly whenEmpty: () => void = () => {},
  ) {}

  push(more: Waiting[]): void {
    this.waiting.push(...more);
    if (!this.busy) void outOfContext(() => this.work());
  }

  /** Takes out what waits for these conversations, in order. */
  take(conversationIds: Set<string>): Waiting[] {
    const taken = this.waiting.filter(({ draft }) => conversationIds.has(draft.conversationId));
    if (taken.length > 0) this.waiting = this.waiting.filter(({ draft }) => !conversationIds.has(draft.conversationId));
    return taken;
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) await this.write(this.nextBatch());
    this.busy = false;
    this.whenEmpty();
  }

  private nextBatch(): Waiting[] {
    let characters = 0;
    const beyond = this.waiting.findIndex(({ draft }, index) => {
      characters += draft.content.length;
      return index > 0 && (index >= batchLength || characters > batchCharacters);
    });
    return this.waiting.splice(0, beyond < 0 ? this.waiting.length : beyond);
  }
}
