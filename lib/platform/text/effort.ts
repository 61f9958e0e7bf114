/** Limits of Markdown in a message. A message beyond them is shown as plain text. */
export const budget = { characters: 8_000, nodes: 2_000, depth: 24 };

/** Thrown when parsing a text exceeds its budget. */
export class BudgetExceeded extends Error {}

/** The remaining budget while parsing a text. */
export class Effort {
  /** whether a backslash escape was removed; the result then differs from the text even without any markup */
  escaped = false;
  #steps: number;
  #nodes = budget.nodes;

  constructor(length: number) {
    this.#steps = stepsPerCharacter * length;
  }

  /** Counts steps of an otherwise unbounded search. @throws BudgetExceeded */
  spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new BudgetExceeded();
  }

  /** Counts nodes of the tree. @throws BudgetExceeded */
  grow(nodes: number): void {
    this.#nodes -= nodes;
    if (this.#nodes < 0) throw new BudgetExceeded();
  }
}

const stepsPerCharacter = 16;
