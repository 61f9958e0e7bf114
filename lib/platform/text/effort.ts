/** How much a message may show as Markdown; what is more stands as it was typed. */
export const budget = { characters: 8_000, nodes: 2_000, depth: 24 };

/** Thrown when a text asks for more than its budget: it is shown as it was typed. */
export class TooMuch extends Error {}

/** What reading a text may cost. */
export class Effort {
  /** whether a backslash was dropped: then even a text without marks is not as it was typed */
  escaped = false;
  #steps: number;
  #nodes = budget.nodes;

  constructor(length: number) {
    this.#steps = stepsPerCharacter * length;
  }

  /** Counts the steps of a search that nothing else bounds. */
  spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new TooMuch();
  }

  /** Counts nodes of the tree. */
  grow(nodes: number): void {
    this.#nodes -= nodes;
    if (this.#nodes < 0) throw new TooMuch();
  }
}

const stepsPerCharacter = 16;
