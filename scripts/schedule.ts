/** One of several things to do, of which some wait for others. */
export interface Step {
  name: string;
  /** what has to have succeeded before */
  after?: string[];
  /** judges time, so nothing else may run meanwhile */
  alone?: boolean;
}

export type Ending = 'passed' | 'failed' | 'not run';

/**
 * Does all steps, as many at once as said, the earlier ones in the list first. What waits for something that failed is not run.
 * Those that are to be alone come last, one after the other.
 */
export async function inOrder<Wanted extends Step>(
  steps: Wanted[],
  atOnce: number,
  run: (step: Wanted) => Promise<boolean>,
): Promise<Map<string, Ending>> {
  const known = new Set(steps.map(({ name }) => name));
  for (const { name, after = [] } of steps)
    for (const other of after) if (!known.has(other)) throw new Error(`"${name}" waits for "${other}", which is no step.`);
  const endings = new Map<string, Ending>();
  const running = new Map<string, Promise<void>>();
  let waiting = steps.toSorted((one, other) => Number(one.alone ?? false) - Number(other.alone ?? false));
  const start = (step: Wanted) => {
    waiting = waiting.filter((other) => other !== step);
    const ended = run(step).then((passed) => {
      endings.set(step.name, passed ? 'passed' : 'failed');
      running.delete(step.name);
    });
    running.set(step.name, ended);
  };
  while (waiting.length > 0 || running.size > 0) {
    for (const step of waiting) if (isHopeless(step, endings)) endings.set(step.name, 'not run');
    waiting = waiting.filter(({ name }) => !endings.has(name));
    for (const step of waiting) if (running.size < atOnce && mayStart(step, waiting, running, endings)) start(step);
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.length > 0) throw new Error(`These wait for each other: ${waiting.map(({ name }) => name).join(', ')}.`);
  }
  return endings;
}

const isHopeless = ({ after = [] }: Step, endings: Map<string, Ending>) =>
  after.some((other) => endings.has(other) && endings.get(other) !== 'passed');

function mayStart(step: Step, waiting: Step[], running: Map<string, unknown>, endings: Map<string, Ending>): boolean {
  if (!(step.after ?? []).every((other) => endings.get(other) === 'passed')) return false;
  return !step.alone || (running.size === 0 && waiting.every(({ alone }) => alone));
}
