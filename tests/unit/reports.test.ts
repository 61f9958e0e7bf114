import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { playwrightOutcome, vitestOutcome } from '@/scripts/reports';

const folder = mkdtempSync(join(tmpdir(), 'parley-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: object): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('a failed Vitest test is named with the beginning of its reason, without foreign stack frames', () => {
  const failureMessages = ['Error: no\n    at tests/a.test.ts:3:1\n    at run (node_modules/vitest/x.js:1:1)'];
  const file = report({
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [
      {
        name: join(process.cwd(), 'tests/a.test.ts'),
        message: '',
        assertionResults: [
          { fullName: 'passes', status: 'passed', failureMessages: [] },
          { fullName: 'fails', status: 'failed', failureMessages },
        ],
      },
      { name: join(process.cwd(), 'tests/b.test.ts'), message: 'Cannot find c', assertionResults: [] },
    ],
  });
  expect(vitestOutcome(file)).toEqual({
    passed: 2,
    failed: 1,
    failures: ['tests/a.test.ts: fails\n    Error: no\n        at tests/a.test.ts:3:1', 'tests/b.test.ts: Cannot find c'],
  });
});

test('a failed Playwright test is named at any depth, without colours', () => {
  const spec = (title: string, ok: boolean, message?: string) => ({
    file: 'direct.test.ts',
    title,
    ok,
    tests: [{ results: [message ? { error: { message } } : {}] }],
  });
  const suites = [{ specs: [spec('one', true)], suites: [{ specs: [spec('two', false, '\u001b[31mlate\u001b[39m')] }] }];
  const file = report({ suites, errors: [{ message: 'no server' }], stats: { expected: 1, unexpected: 1, flaky: 1 } });
  expect(playwrightOutcome(file)).toEqual({
    passed: 1,
    failed: 2,
    failures: ['direct.test.ts: two\n    late', 'playwright: no server'],
  });
});

test('a report that is not there says nothing', () => {
  expect(vitestOutcome(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0, failures: [] });
  expect(playwrightOutcome(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0, failures: [] });
});
