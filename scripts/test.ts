import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitOnStartupError } from '@/lib/platform/process/startup-error';
import type { Choice } from '@/scripts/changed';
import { testsOfChange } from '@/scripts/git';
import { type Outcome, playwrightOutcome, vitestOutcome } from '@/scripts/reports';
import { inOrder } from '@/scripts/schedule';
import { type SuiteStep, suite } from '@/scripts/suite';

/**
 * `npm test`: runs all checks and tests, or with `-- --changed [ref]` those that a change affects. The last line is
 * `N passed, N failed`. The output of each step is printed as a whole when the step ends.
 */

const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
// Exit on signals, so that the exit handlers end child processes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const [flag, ref] = process.argv.slice(2);
if (flag && flag !== '--changed') {
  console.error('Usage: npm test [-- --changed [ref]], such as npm test -- --changed main');
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const summary = new Map<string, string>();
const failures: string[] = [];
const steps = suite(flag ? chosen(ref) : undefined);

const endings = await inOrder(steps, Math.min(2, availableParallelism()), async (step) => {
  print(`-- ${step.name}: started`);
  const [report, log, startedAt] = [join(folder, `${step.name}.json`), join(folder, `${step.name}.log`), performance.now()];
  const status = await run(step, report, log);
  const seconds = `${Math.round((performance.now() - startedAt) / 1_000)} s`;
  print(`\n== ${step.name}: ${status === 0 ? 'ended' : 'FAILED'} after ${seconds}\n${readFileSync(log, 'utf8').trim()}`);
  count(step, status, report, seconds);
  return status === 0;
});

// Repeat the failures at the end, because their output may have scrolled out of view.
for (const failure of failures) print(`\n== failed: ${failure}`);
print('');
for (const { name } of steps) print(`${name}: ${endings.get(name) === 'not run' ? 'not run' : summary.get(name)}`);
print(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function chosen(given: string | undefined): Choice {
  try {
    return testsOfChange(given, print);
  } catch (error) {
    exitOnStartupError(error);
  }
}

/** Counts a failure outside of any test (a file that fails to load, a server that does not start) as one failure, like a failed check. */
function count({ name, kind }: SuiteStep, status: number, report: string, seconds: string): void {
  const outcome: Outcome =
    kind === 'check'
      ? { passed: 0, failed: 0, failures: [] }
      : kind === 'vitest'
        ? vitestOutcome(report)
        : playwrightOutcome(report);
  const failed = outcome.failed === 0 && status !== 0 ? 1 : outcome.failed;
  total.passed += outcome.passed;
  total.failed += failed;
  failures.push(...outcome.failures);
  const result = kind === 'check' ? (failed ? 'FAILED' : 'passed') : `${outcome.passed} passed, ${failed} failed`;
  summary.set(name, `${result}, ${seconds}`);
}

/** Runs a step until it ends, and kills it when this process exits. Both output streams go to one log file. */
function run({ kind, args }: SuiteStep, report: string, log: string): Promise<number> {
  const reporters = kind === 'vitest' ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : [];
  const environment = kind === 'playwright' ? { PARLEY_E2E_REPORT: report } : {};
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [...args, ...reporters], {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...environment },
  });
  closeSync(output);
  const end = () => child.kill();
  process.once('exit', end);
  return new Promise((resolve) => {
    const ended = (code: number | null) => {
      process.removeListener('exit', end);
      resolve(code ?? 1);
    };
    child.once('error', () => ended(1)).once('close', ended);
  });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
