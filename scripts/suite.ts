import type { Choice } from '@/scripts/changed';
import type { Step } from '@/scripts/schedule';

/** What `npm test` does, a process each. */
export interface SuiteStep extends Step {
  /** a check has no tests of its own: it counts only when it fails */
  kind: 'check' | 'vitest' | 'playwright';
  /** of Node */
  args: string[];
  /** where its tests are */
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
 * As many as there are places begin in this order (scripts/schedule.ts): first what others wait for, then the longest. What floods a
 * server, or drives several browsers, uses all there is and gives up on what takes too long, so it runs with nothing beside it.
 */
const whole: SuiteStep[] = [
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

/** The steps of the whole suite, or those that the chosen tests need: of the checks always lint and types, a build for what runs it. */
export function suite(choice?: Choice): SuiteStep[] {
  if (!choice) return whole;
  const tests = whole.flatMap((step) => (step.kind === 'check' ? [] : chosenOf(step, [...choice.keys()])));
  const needed = new Set(['lint', 'types', 'generated client', ...tests.flatMap(({ after = [] }) => after)]);
  return whole.flatMap((step) => (needed.has(step.name) ? [step] : tests.filter(({ name }) => name === step.name)));
}

function chosenOf(step: SuiteStep, files: string[]): SuiteStep[] {
  const own = files.filter((file) => step.folders?.some((folder) => file.startsWith(folder)));
  // A file may have no test that is to be alone, or none in which people meet on two nodes.
  const options = step.kind === 'playwright' ? ['--pass-with-no-tests'] : [];
  return own.length > 0 ? [{ ...step, args: [...step.args, ...options, ...own] }] : [];
}
