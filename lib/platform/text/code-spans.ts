/** Pairs runs of backticks of the same length. Reads the text only once. */
export class CodeSpans {
  readonly #next = new Map<number, number>();

  constructor(text: string) {
    const latest = new Map<number, number>();
    const runs = [...text.matchAll(/`+/g)];
    for (const run of runs.reverse()) {
      const next = latest.get(run[0].length);
      if (next !== undefined) this.#next.set(run.index, next);
      latest.set(run[0].length, run.index);
    }
  }

  /** The start of the run that closes the run at `index`. */
  closing(index: number): number | undefined {
    return this.#next.get(index);
  }
}

/** Strips one blank on each side, as CommonMark does. Line breaks stay. */
export function codeOf(text: string): string {
  const padded = text.length > 2 && ' \n'.includes(text[0] ?? '') && ' \n'.includes(text.at(-1) ?? '');
  return padded ? text.slice(1, -1) : text;
}
