/** A step, which may depend on others. */
export interface Step {
  name: string;
  /** names of steps that must succeed before */
  after?: string[];
  /** runs without other steps, because it is sensitive to timing */
  alone?: boolean;
}

export type Ending = 'passed' | 'failed' | 'not run';

/**
 * Runs all steps in the order of the list, up to `concurrency` at a time. Steps that depend on a failed step are not run. Steps marked
 * `alone` come last, one after another.
 */
export async function inOrder<Item extends Step>(
  steps: Item[],
  concurrency: number,
  run: (step: Item) => Promise<boolean>,
): Promise<Map<string, Ending>> {
  const known = new Set(steps.map(({ name }) => name));
  for (const { name, after = [] } of steps)
    for (const other of after) if (!known.has(other)) throw new Error(`"${name}" depends on "${other}", which is not a step.`);
  const endings = new Map<string, Ending>();
  const running = new Map<string, Promise<void>>();
  let waiting = steps.toSorted((one, other) => Number(one.alone ?? false) - Number(other.alone ?? false));
  const start = (step: Item) => {
    waiting = waiting.filter((other) => other !== step);
    const ended = run(step).then((passed) => {
      endings.set(step.name, passed ? 'passed' : 'failed');
      running.delete(step.name);
    });
    running.set(step.name, ended);
  };
  while (waiting.length > 0 || running.size > 0) {
    for (const step of waiting) if (isBlocked(step, endings)) endings.set(step.name, 'not run');
    waiting = waiting.filter(({ name }) => !endings.has(name));
    for (const step of waiting) if (running.size < concurrency && mayStart(step, waiting, running, endings)) start(step);
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.length > 0)
      throw new Error(`These steps depend on each other: ${waiting.map(({ name }) => name).join(', ')}.`);
  }
  return endings;
}

const isBlocked = ({ after = [] }: Step, endings: Map<string, Ending>) =>
  after.some((other) => endings.has(other) && endings.get(other) !== 'passed');

function mayStart(step: Step, waiting: Step[], running: Map<string, unknown>, endings: Map<string, Ending>): boolean {
  if (!(step.after ?? []).every((other) => endings.get(other) === 'passed')) return false;
  return !step.alone || (running.size === 0 && waiting.every(({ alone }) => alone));
}
