/** Thrown when a text asks for more work, or more depth, than a message may: it is shown as it was typed. */
export class TooMuch extends Error {}

/** What reading a text may cost, in steps of the searches that are not bounded by their own form. */
export class Effort {
  /** whether a backslash was dropped: then even a text without marks is not as it was typed */
  escaped = false;
  #left: number;

  constructor(length: number) {
    this.#left = stepsPerCharacter * length + 1_000;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuch();
  }
}

const stepsPerCharacter = 16;
