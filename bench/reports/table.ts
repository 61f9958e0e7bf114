/** A target of the bench with the measured value. */
interface Target {
  what: string;
  reached: number;
  bound: number;
  /** whether the bound is a minimum or a maximum */
  kind: 'least' | 'most';
}

const targets: Target[] = [];

/** Prints a target with the measured value, and records it for the verdict. */
export function checkTarget(target: Target): void {
  targets.push(target);
  say(`  ${isMet(target) ? 'reached' : 'MISSED '}  ${targetText(target)}`);
}

/** Lists all targets of this run. */
export function verdict(): string {
  const lines = targets.map((target) => `  ${isMet(target) ? 'reached' : 'MISSED '}  ${targetText(target)}`);
  return [
    '',
    `${targets.filter(isMet).length} of ${targets.length} targets reached; every round passed its audit`,
    ...lines,
  ].join('\n');
}

const isMet = ({ reached, bound, kind }: Target) => (kind === 'least' ? reached >= bound : reached <= bound);

const targetText = ({ what, reached, bound, kind }: Target) =>
  `${what}: ${reached.toFixed(2)} (at ${kind} ${Number.isInteger(bound) ? bound : bound.toFixed(1)})`;

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** @param share 0.5 for the median, 0.99 for the 99th percentile */
export function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

export function whole(value: number): string {
  return Number.isNaN(value) ? '?' : Math.round(value).toLocaleString('en');
}

export function row(cells: string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(22) : cell.padStart(13))).join('');
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
