import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StartupError } from '@/lib/platform/process/startup-error';
import { type Choice, testsOf } from '@/scripts/changed';
import { importsOf } from '@/scripts/imports';

/**
 * The tests that the present change concerns, and says which and why.
 * @param ref what to compare with; if not said, where this branch left main, or on main what is not committed
 */
export function chosenByChange(ref: string | undefined, say: (text: string) => void): Choice {
  const base = ref ?? whereMainWasLeft() ?? 'HEAD';
  const changed = [...lines('diff', '--name-only', base, '--'), ...lines('ls-files', '--others', '--exclude-standard')];
  say(`${changed.length} files changed since ${base}.`);
  const files = [...lines('ls-files', '--cached', '--others', '--exclude-standard')].filter((file) => existsSync(file));
  const choice = testsOf(changed, importsOf(files));
  say(`They concern ${choice.size} test files:`);
  for (const [test, why] of choice) say(`  ${test} (${why})`);
  return choice;
}

function whereMainWasLeft(): string | null {
  const { status, stdout } = git('merge-base', 'HEAD', 'main');
  return status === 0 ? stdout.trim() : null;
}

function lines(...args: string[]): string[] {
  const { status, stdout, stderr } = git(...args);
  if (status !== 0) throw new StartupError(`git ${args[0]} failed: ${stderr.trim().split('\n')[0]}`);
  return stdout.split('\n').filter((line) => line !== '');
}

// Names as they are, also those with letters that git would write in numbers.
const git = (...args: string[]) => spawnSync('git', ['-c', 'core.quotePath=false', ...args], { encoding: 'utf8' });
