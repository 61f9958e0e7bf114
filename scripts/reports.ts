import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How many tests passed and failed, and what failed: where, and the beginning of why. */
export interface Outcome {
  passed: number;
  failed: number;
  failures: string[];
}

const LINES_SHOWN = 12;

/** What Vitest's JSON report says. A report that cannot be read says nothing. */
export function vitestOutcome(file: string): Outcome {
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = read<VitestReport>(file);
  const failures = testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const reasons = failed.map((test) => `${test.fullName}\n${test.failureMessages.join('\n')}`);
    // A file that cannot be loaded has a message and no tests.
    return (message && failed.length === 0 ? [message] : reasons).map((why) => failure(name, why));
  });
  return { passed: numPassedTests, failed: numFailedTests, failures };
}

/** What Playwright's JSON report says. A test that passed only on a second try has failed. */
export function playwrightOutcome(file: string): Outcome {
  const { suites = [], errors = [], stats } = read<PlaywrightReport>(file);
  const { expected = 0, unexpected = 0, flaky = 0 } = stats ?? {};
  const failures = suites.flatMap(specsOf).flatMap(({ file: test, title, ok, tests }) => {
    if (ok) return [];
    const results = tests.flatMap(({ results }) => results);
    const why = results.flatMap(({ error }) => error?.message ?? []).join('\n');
    return [failure(test, `${title}\n${why}`)];
  });
  return {
    passed: expected,
    failed: unexpected + flaky,
    failures: [...failures, ...errors.map(({ message }) => failure('playwright', message))],
  };
}

function specsOf({ specs = [], suites = [] }: Suite): Spec[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

function failure(file: string, why: string): string {
  const own = stripVTControlCharacters(why)
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|<anonymous>)/.test(line));
  const lines = own.slice(0, LINES_SHOWN);
  return `${relative('.', file)}: ${lines.join('\n    ')}`;
}

function read<Report extends object>(file: string): Partial<Report> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

interface Spec {
  file: string;
  title: string;
  ok: boolean;
  tests: { results: { error?: { message?: string } }[] }[];
}

interface Suite {
  specs?: Spec[];
  suites?: Suite[];
}

interface PlaywrightReport {
  suites: Suite[];
  errors: { message: string }[];
  stats: { expected: number; unexpected: number; flaky: number };
}
