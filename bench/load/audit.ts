import type { Message } from '@/lib/domain/messages/schema';

/** The deliveries that one client received, compared with the acknowledged messages. */
export interface AuditReport {
  deliveries: number;
  doubled: number;
  disordered: number;
  lost: number;
}

/**
 * Checks that each delivery is the next seq of its room. One audit per client. `finish` counts the missing messages.
 */
export class Audit {
  deliveries = 0;
  #doubled = 0;
  #disordered = 0;
  readonly #seen = new Map<string, number>();
  readonly #waiting = new Map<string, Set<number>>();

  /** @param from the last seq of each room before the run */
  constructor(rooms: string[], from: Map<string, number>) {
    for (const room of rooms) this.#seen.set(room, from.get(room) ?? 0);
  }

  received(payload: { conversationId: string; messages: Message[] }): void {
    for (const message of payload.messages) this.#one(payload.conversationId, message.seq);
  }

  /** the seq of the room up to which all messages were received */
  reached(room: string): number {
    return this.#seen.get(room) ?? 0;
  }

  finish(lastSeq: Map<string, number>): AuditReport {
    let lost = 0;
    for (const [room, seq] of this.#seen)
      lost += Math.max(0, (lastSeq.get(room) ?? seq) - seq - (this.#waiting.get(room)?.size ?? 0));
    return { deliveries: this.deliveries, doubled: this.#doubled, disordered: this.#disordered, lost };
  }

  #one(room: string, seq: number): void {
    this.deliveries += 1;
    const expected = this.reached(room) + 1;
    if (seq === expected) {
      this.#seen.set(room, seq);
      this.#drain(room);
      return;
    }
    if (seq < expected || this.#waiting.get(room)?.has(seq)) this.#doubled += 1;
    else {
      this.#disordered += 1;
      this.#waiting.set(room, (this.#waiting.get(room) ?? new Set()).add(seq));
    }
  }

  /** Moves the watermark over messages that arrived out of order. */
  #drain(room: string): void {
    const early = this.#waiting.get(room);
    if (!early) return;
    for (let next = this.reached(room) + 1; early.delete(next); next += 1) this.#seen.set(room, next);
  }
}
