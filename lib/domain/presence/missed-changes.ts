/** What Redis answers; null: it is away. */
type Tell = () => Promise<string[] | null>;

interface Waiting {
  tell: Tell;
  late: (answer: string[]) => void;
}

/** Changes remembered at most. */
const maxMissed = 20_000;

/** What Redis was not told because it was away, in order, until it can be told. */
export class MissedChanges {
  #waiting: Waiting[] = [];

  /** Tells Redis now, or when it is back. @param late what is to follow then, given its answer */
  async tell(tell: Tell, late: (answer: string[]) => void): Promise<void> {
    if ((await tell()) === null && this.#waiting.length < maxMissed) this.#waiting.push({ tell, late });
  }

  /** Redis is back. What cannot be told because it goes away once more waits for its next return, before what is missed from then on. */
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
