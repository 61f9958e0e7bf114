import type { Message } from '@/lib/domain/messages/schema';
import type { Shown } from '@/tests/chaos/support/checker';

/** A client's state of one conversation: a fold of events and answers, in any order, with any repetitions. */
export class Timeline {
  /** all changes up to this rev are known */
  rev = 0;
  /** messages that arrived twice, or after a later one, on one connection: faults of the server even if the list is right */
  doubled = 0;
  disordered = 0;
  readonly #messages = new Map<string, Shown & { rev: number }>();
  /** revs after the first missing one */
  readonly #ahead = new Set<number>();
  #latestLive = 0;

  /** Applies a `message.received`. */
  hear(messages: Message[]): void {
    for (const { type, seq } of messages) {
      if (type === 'system') continue;
      if (seq === this.#latestLive) this.doubled += 1;
      else if (seq < this.#latestLive) this.disordered += 1;
      this.#latestLive = Math.max(this.#latestLive, seq);
    }
    this.#know(messages);
    for (const { rev } of messages) if (rev > this.rev) this.#ahead.add(rev);
    this.#advance();
  }

  /** Applies an answer of `message.changes`, with all changes up to that rev. */
  catchUp(messages: Message[], rev: number): void {
    this.#know(messages);
    this.rev = Math.max(this.rev, rev);
    this.#advance();
  }

  /** Starts a new connection, on which messages of the last one may be repeated. */
  begin(): void {
    this.#latestLive = 0;
  }

  /** Whether a rev is missing before the latest received one. */
  get hasGap(): boolean {
    return this.#ahead.size > 0;
  }

  /** The messages in the order on the screen, without system messages. */
  list(): Shown[] {
    return [...this.#messages.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  // Keeps only the fields that the checker needs, because a long run has a million messages.
  #know(messages: Message[]): void {
    for (const { id, seq, rev, sender, clientMessageId, content, type } of messages) {
      if (type === 'system' || rev < (this.#messages.get(id)?.rev ?? 0)) continue;
      this.#messages.set(id, { id, seq, rev, senderId: sender.id, clientMessageId, content });
    }
  }

  #advance(): void {
    while (this.#ahead.delete(this.rev + 1)) this.rev += 1;
    for (const rev of this.#ahead) if (rev <= this.rev) this.#ahead.delete(rev);
  }
}
