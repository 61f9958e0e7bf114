/** A write to Redis, with its answer; null when Redis is unreachable. */
type RedisWrite = () => Promise<string[] | null>;

interface MissedChange {
  write: RedisWrite;
  late: (answer: string[]) => void;
}

/** Maximum number of remembered writes. */
const maxMissed = 20_000;

/** The writes that failed because Redis was unreachable, in order, until they can be repeated. */
export class MissedChanges {
  #waiting: MissedChange[] = [];

  /**
   * Writes now, or when Redis is back.
   * @param late runs after a late write, with its answer
   */
  async write(write: RedisWrite, late: (answer: string[]) => void): Promise<void> {
    if ((await write()) === null && this.#waiting.length < maxMissed) this.#waiting.push({ write, late });
  }

  /** Repeats the missed writes. If Redis fails again, the rest stays queued for its next return, before later writes. */
  async repeatAll(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [index, { write, late }] of waiting.entries()) {
      const answer = await write();
      if (answer === null) {
        this.#waiting = [...waiting.slice(index), ...this.#waiting];
        return;
      }
      late(answer);
    }
  }
}
