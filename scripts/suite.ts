import type { Choice } from '@/scripts/changed';
import type { Step } from '@/scripts/schedule';

/** A step of `npm test`, which runs as one process. */
export interface SuiteStep extends Step {
  /** a check has no tests; only its failure counts */
  kind: 'check' | 'vitest' | 'playwright';
  /** arguments for Node */
  args: string[];
  /** folders of its tests */
  folders?: string[];
}

const script = (name: string) => ['--import', 'tsx', `scripts/${name}.ts`];
const vitest = (...projects: string[]) => [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...projects.map((project) => `--project=${project}`),
];
const playwright = (config: string, ...options: string[]) => [
  'node_modules/@playwright/test/cli.js',
  'test',
  `--config=${config}`,
  ...options,
];

/**
 * Steps start in this order (scripts/schedule.ts): first those that others depend on, then the longest. Steps that load a server heavily
 * or drive several browsers need the whole machine and have timeouts, so they run alone.
 */
const allSteps: SuiteStep[] = [
  { name: 'generated client', kind: 'check', args: script('generate') },
  { name: 'lint', kind: 'check', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'build', kind: 'check', args: script('build'), after: ['generated client'] },
  { name: 'browser', kind: 'check', args: script('chromium') },
  { name: 'types', kind: 'check', args: ['node_modules/typescript/bin/tsc', '--noEmit'], after: ['generated client'] },
  {
    name: 'unit and integration tests',
    kind: 'vitest',
    args: vitest('unit', 'integration'),
    after: ['generated client'],
    folders: ['tests/unit/', 'tests/integration/'],
  },
  {
    name: 'end-to-end tests on two nodes',
    kind: 'playwright',
    args: playwright('playwright.nodes.config.ts'),
    after: ['build', 'browser'],
    alone: true,
    folders: ['tests/e2e/'],
  },
  { name: 'chaos tests', kind: 'vitest', args: vitest('chaos'), after: ['build'], alone: true, folders: ['tests/chaos/'] },
  {
    name: 'end-to-end tests',
    kind: 'playwright',
    args: playwright('playwright.config.ts', '--grep-invert=@alone'),
    after: ['build', 'browser'],
    alone: true,
    folders: ['tests/e2e/'],
  },
  { name: 'protocol tests', kind: 'vitest', args: vitest('protocol'), after: ['build'], folders: ['tests/protocol/'] },
  {
    name: 'end-to-end tests, one at a time',
    kind: 'playwright',
    args: playwright('playwright.config.ts', '--grep=@alone', '--output=test-results/alone'),
    after: ['build', 'browser'],
    alone: true,
    folders: ['tests/e2e/'],
  },
];

/** All steps, or those of the chosen tests with their dependencies. Lint and types are always included. */
export function suite(choice?: Choice): SuiteStep[] {
  if (!choice) return allSteps;
  const tests = allSteps.flatMap((step) => (step.kind === 'check' ? [] : chosenOf(step, [...choice.keys()])));
  const needed = new Set(['lint', 'types', 'generated client', ...tests.flatMap(({ after = [] }) => after)]);
  return allSteps.flatMap((step) => (needed.has(step.name) ? [step] : tests.filter(({ name }) => name === step.name)));
}

function chosenOf(step: SuiteStep, files: string[]): SuiteStep[] {
  const own = files.filter((file) => step.folders?.some((folder) => file.startsWith(folder)));
  // A file may have no test that is tagged for this step.
  const options = step.kind === 'playwright' ? ['--pass-with-no-tests'] : [];
  return own.length > 0 ? [{ ...step, args: [...step.args, ...options, ...own] }] : [];
}
