import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installChromium } from '@/scripts/chromium';
import { type Outcome, playwrightOutcome, vitestOutcome } from '@/scripts/reports';

/** What `npm test` runs: everything that proves that Parley works. Ends with `N passed, N failed`. */

const total = { passed: 0, failed: 0 };
const summary: string[] = [];
const failures: string[] = [];
const reports = mkdtempSync(join(tmpdir(), 'parley-reports-'));

const script = (name: string) => ['--import', 'tsx', `scripts/${name}.ts`];

check('generated client', script('generate'));
check('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']);
check('types', ['node_modules/typescript/bin/tsc', '--noEmit']);
vitest('unit and integration tests', ['unit', 'integration']);
if (check('build', script('build'))) {
  vitest('protocol tests', ['protocol']);
  vitest('chaos tests', ['chaos']);
  endToEnd();
}

rmSync(reports, { recursive: true, force: true });
// Once more at the end: what failed is far up by now, or cut off.
for (const failure of failures) say(`\n== failed: ${failure}`);
say(`\n${summary.join('\n')}\n`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** A step without tests of its own: it counts only when it fails. */
function check(name: string, args: string[]): boolean {
  const succeeded = run(name, args) === 0;
  if (!succeeded) total.failed += 1;
  summary.push(`${name}: ${succeeded ? 'passed' : 'FAILED'}`);
  return succeeded;
}

function vitest(name: string, projects: string[]): void {
  const report = join(reports, `${projects[0]}.json`);
  const options = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const chosen = projects.map((project) => `--project=${project}`);
  const status = run(name, ['node_modules/vitest/vitest.mjs', 'run', ...chosen, ...options]);
  count(name, vitestOutcome(report), status);
}

function endToEnd(): void {
  const chromium = installChromium(say);
  if (!chromium) {
    count('end-to-end tests', { passed: 0, failed: 1, failures: [] }, 1);
    return;
  }
  playwright('end-to-end tests', 'playwright.config.ts', chromium, '--grep-invert=@alone');
  playwright(
    'end-to-end tests, one at a time',
    'playwright.config.ts',
    chromium,
    '--grep=@alone',
    '--output=test-results/alone',
  );
  playwright('end-to-end tests on two nodes', 'playwright.nodes.config.ts', chromium);
}

function playwright(name: string, config: string, chromium: string, ...options: string[]): void {
  const report = join(reports, `${name}.json`);
  const status = run(name, ['node_modules/@playwright/test/cli.js', 'test', `--config=${config}`, ...options], {
    PARLEY_CHROMIUM: chromium,
    PARLEY_E2E_REPORT: report,
  });
  count(name, playwrightOutcome(report), status);
}

/** What fails outside of any test (a file that cannot be loaded, a server that does not start) is one failure. */
function count(name: string, outcome: Outcome, status: number): void {
  const failed = outcome.failed === 0 && status !== 0 ? 1 : outcome.failed;
  total.passed += outcome.passed;
  total.failed += failed;
  failures.push(...outcome.failures);
  summary.push(`${name}: ${outcome.passed} passed, ${failed} failed`);
}

function run(name: string, args: string[], environment: Record<string, string> = {}): number {
  say(`\n== ${name}`);
  return spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...environment } }).status ?? 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
