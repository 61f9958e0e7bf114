import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StartupError } from '@/lib/platform/process/startup-error';
import { type Choice, testsOf } from '@/scripts/changed';
import { importsOf } from '@/scripts/imports';

/**
 * Finds the tests that the current changes affect, and prints each with the reason.
 * @param ref the commit to compare with; by default the merge base with main, so on main the uncommitted changes
 */
export function testsOfChange(ref: string | undefined, say: (text: string) => void): Choice {
  const base = ref ?? mergeBase() ?? 'HEAD';
  const changed = [...lines('diff', '--name-only', base, '--'), ...lines('ls-files', '--others', '--exclude-standard')];
  say(`${changed.length} files changed since ${base}.`);
  const files = [...lines('ls-files', '--cached', '--others', '--exclude-standard')].filter((file) => existsSync(file));
  const choice = testsOf(changed, importsOf(files));
  say(`They affect ${choice.size} test files:`);
  for (const [test, why] of choice) say(`  ${test} (${why})`);
  return choice;
}

function mergeBase(): string | null {
  const { status, stdout } = git('merge-base', 'HEAD', 'main');
  return status === 0 ? stdout.trim() : null;
}

function lines(...args: string[]): string[] {
  const { status, stdout, stderr } = git(...args);
  if (status !== 0) throw new StartupError(`git ${args[0]} failed: ${stderr.trim().split('\n')[0]}`);
  return stdout.split('\n').filter((line) => line !== '');
}

// core.quotePath=false prints names with non-ASCII characters unescaped.
const git = (...args: string[]) => spawnSync('git', ['-c', 'core.quotePath=false', ...args], { encoding: 'utf8' });
