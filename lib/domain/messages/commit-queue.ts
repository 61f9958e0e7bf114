import type { Draft } from '@/lib/domain/messages/draft';
import type { Message } from '@/lib/domain/messages/schema';
import { outOfContext } from '@/lib/platform/process/context';

/** A send's outcome: the message, or for a retry the id of the message that was stored first. */
export type Stored = { again: false; message: Message } | { again: true; id: string };

/** A draft waiting for its commit, with the callbacks of its sender. */
export interface PendingDraft {
  readonly draft: Draft;
  resolve(stored: Stored): void;
  reject(error: unknown): void;
}

/** Limits of one commit, and so of one event: a long transaction delays every sender, a huge event delays every receiver. */
const batchLength = 200;
const batchCharacters = 256 * 1024;

/**
 * With at least this many waiting drafts, a batch takes only some of them, so that PostgreSQL stores the next batch while this
 * one is announced.
 */
const shareAt = 32;

/** Announces a stored batch. Called once per batch, in the order of the batches. */
export type Announce = () => void;

/**
 * Commits drafts in groups, in the order of their arrival. Drafts that arrive while a batch is being written form the next batch,
 * so no draft waits for a timer. A batch is announced after the next one has been sent to the database.
 */
export class CommitQueue {
  #waiting: PendingDraft[] = [];
  #busy = false;
  #unannounced: Announce | undefined;

  readonly #write: (batch: PendingDraft[]) => Promise<Announce>;
  readonly #whenEmpty: () => void;
  /**
   * @param write settles every draft of its batch; resolves with the announcement when the next batch may start
   * @param whenEmpty runs when no draft is left
   */
  constructor(write: (batch: PendingDraft[]) => Promise<Announce>, whenEmpty: () => void = () => {}) {
    this.#write = write;
    this.#whenEmpty = whenEmpty;
  }

  push(more: PendingDraft[]): void {
    this.#waiting.push(...more);
    if (!this.#busy) void outOfContext(() => this.#work());
  }

  /** Removes and returns the drafts that wait for these conversations, in order. */
  take(conversationIds: Set<string>): PendingDraft[] {
    const taken = this.#waiting.filter(({ draft }) => conversationIds.has(draft.conversationId));
    if (taken.length > 0) this.#waiting = this.#waiting.filter(({ draft }) => !conversationIds.has(draft.conversationId));
    return taken;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const written = this.#write(this.#nextBatch());
      // By then the statement of the next batch has been sent.
      if (this.#unannounced) setImmediate(() => this.#announceLast());
      const announce = await written;
      this.#announceLast();
      this.#unannounced = announce;
    }
    this.#announceLast();
    this.#busy = false;
    this.#whenEmpty();
  }

  #announceLast(): void {
    const announce = this.#unannounced;
    this.#unannounced = undefined;
    announce?.();
  }

  #nextBatch(): PendingDraft[] {
    const share = this.#waiting.length < shareAt ? null : shareOf(this.#waiting);
    const batch: PendingDraft[] = [];
    const rest: PendingDraft[] = [];
    let characters = 0;
    let full = false;
    for (const one of this.#waiting) {
      const { conversationId, content } = one.draft;
      if (share && !share.has(conversationId)) rest.push(one);
      else {
        full ||= batch.length > 0 && (batch.length >= batchLength || characters + content.length > batchCharacters);
        (full ? rest : batch).push(one);
        characters += content.length;
      }
    }
    this.#waiting = rest;
    return batch;
  }
}

/**
 * The conversations that have waited longest and together hold half of the waiting drafts. A conversation is not divided: each
 * commit is one event to all of its members.
 */
function shareOf(waiting: PendingDraft[]): Set<string> {
  const lengths = new Map<string, number>();
  for (const { draft } of waiting) lengths.set(draft.conversationId, (lengths.get(draft.conversationId) ?? 0) + 1);
  const share = new Set<string>();
  let length = 0;
  for (const [conversationId, more] of lengths) {
    if (length * 2 >= waiting.length) break;
    share.add(conversationId);
    length += more;
  }
  return share;
}
