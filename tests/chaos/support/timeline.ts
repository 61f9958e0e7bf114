import type { Message } from '@/lib/domain/messages/schema';
import type { Shown } from '@/tests/chaos/support/checker';

/** One conversation as a client knows it: a pure fold of what it was told, in any order and any number of times. */
export class Timeline {
  /** everything up to here is known */
  rev = 0;
  /** messages that came twice, or after a later one, on one connection: the server's fault, though the list is right */
  doubled = 0;
  disordered = 0;
  readonly #messages = new Map<string, Shown & { rev: number }>();
  /** revs beyond the first one that is missing */
  readonly #ahead = new Set<number>();
  #latestLive = 0;

  /** What `message.received` brought. */
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

  /** What `message.changes` answered: all changes up to that rev. */
  catchUp(messages: Message[], rev: number): void {
    this.#know(messages);
    this.rev = Math.max(this.rev, rev);
    this.#advance();
  }

  /** A connection begins: what came on the last one may come again. */
  begin(): void {
    this.#latestLive = 0;
  }

  /** Something between what is known and what was heard is missing. */
  get hasGap(): boolean {
    return this.#ahead.size > 0;
  }

  /** As a person sees them, without system messages. */
  list(): Shown[] {
    return [...this.#messages.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  // Of each only what is judged: a long run has a million of them.
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
