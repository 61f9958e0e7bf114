/** A write to Redis, with its answer; null when Redis is unreachable. */
type Tell = () => Promise<string[] | null>;

interface Waiting {
  tell: Tell;
  late: (answer: string[]) => void;
}

/** Maximum number of remembered writes. */
const maxMissed = 20_000;

/** The writes that failed because Redis was unreachable, in order, until they can be repeated. */
export class MissedChanges {
  #waiting: Waiting[] = [];

  /**
   * Writes now, or when Redis is back.
   * @param late runs after a late write, with its answer
   */
  async tell(tell: Tell, late: (answer: string[]) => void): Promise<void> {
    if ((await tell()) === null && this.#waiting.length < maxMissed) this.#waiting.push({ tell, late });
  }

  /** Repeats the missed writes. If Redis fails again, the rest stays queued for its next return, before later writes. */
  async makeUpFor(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [index, { tell, late }] of waiting.entries()) {
      const answer = await tell();
      if (answer === null) {
        this.#waiting = [...waiting.slice(index), ...this.#waiting];
        return;
      }
      late(answer);
    }
  }
}
