import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitOnStartupError } from '@/lib/platform/process/startup-error';
import type { Choice } from '@/scripts/changed';
import { chosenByChange } from '@/scripts/git';
import { type Outcome, playwrightOutcome, vitestOutcome } from '@/scripts/reports';
import { inOrder } from '@/scripts/schedule';
import { type SuiteStep, suite } from '@/scripts/suite';

/**
 * What `npm test` runs: everything that proves that Parley works, or with `-- --changed [ref]` what a change concerns. Ends with
 * `N passed, N failed`. Of several steps that run at once, each one's output is shown whole when it has ended.
 */

const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
// Otherwise what was begun would go on without us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const [flag, ref] = process.argv.slice(2);
if (flag && flag !== '--changed') {
  console.error('npm test takes --changed, and what to compare with: npm test -- --changed main');
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const summary = new Map<string, string>();
const failures: string[] = [];
const steps = suite(flag ? chosen(ref) : undefined);

const endings = await inOrder(steps, Math.min(2, availableParallelism()), async (step) => {
  say(`-- ${step.name}: begins`);
  const [report, log, begin] = [join(folder, `${step.name}.json`), join(folder, `${step.name}.log`), performance.now()];
  const status = await run(step, report, log);
  const seconds = `${Math.round((performance.now() - begin) / 1_000)} s`;
  say(`\n== ${step.name}: ${status === 0 ? 'ended' : 'FAILED'} after ${seconds}\n${readFileSync(log, 'utf8').trim()}`);
  count(step, status, report, seconds);
  return status === 0;
});

// Once more at the end: what failed is far up by now, or cut off.
for (const failure of failures) say(`\n== failed: ${failure}`);
say('');
for (const { name } of steps) say(`${name}: ${endings.get(name) === 'not run' ? 'not run' : summary.get(name)}`);
say(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function chosen(given: string | undefined): Choice {
  try {
    return chosenByChange(given, say);
  } catch (error) {
    exitOnStartupError(error);
  }
}

/** What fails outside of any test (a file that cannot be loaded, a server that does not start) is one failure, as a check is. */
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

/** Runs it to its end, which comes with our own at the latest. What it says goes into a file: both of its streams, as they come. */
function run({ kind, args }: SuiteStep, report: string, log: string): Promise<number> {
  const reporting = kind === 'vitest' ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : [];
  const environment = kind === 'playwright' ? { PARLEY_E2E_REPORT: report } : {};
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [...args, ...reporting], {
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

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
