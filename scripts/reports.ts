import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** The numbers of passed and failed tests, and for each failure its file and the first lines of the error. */
export interface Outcome {
  passed: number;
  failed: number;
  failures: string[];
}

const maxLines = 12;

/** Reads Vitest's JSON report. An unreadable report counts as empty. */
export function vitestOutcome(file: string): Outcome {
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = read<VitestReport>(file);
  const failures = testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const reasons = failed.map((test) => `${test.fullName}\n${test.failureMessages.join('\n')}`);
    // A file that failed to load has a message, but no tests.
    return (message && failed.length === 0 ? [message] : reasons).map((message) => failure(name, message));
  });
  return { passed: numPassedTests, failed: numFailedTests, failures };
}

/** Reads Playwright's JSON report. Flaky tests count as failed. */
export function playwrightOutcome(file: string): Outcome {
  const { suites = [], errors = [], stats } = read<PlaywrightReport>(file);
  const { expected = 0, unexpected = 0, flaky = 0 } = stats ?? {};
  const failures = suites.flatMap(specsOf).flatMap(({ file: test, title, ok, tests }) => {
    if (ok) return [];
    const results = tests.flatMap(({ results }) => results);
    const message = results.flatMap(({ error }) => error?.message ?? []).join('\n');
    return [failure(test, `${title}\n${message}`)];
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

function failure(file: string, message: string): string {
  const relevant = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|<anonymous>)/.test(line));
  const lines = relevant.slice(0, maxLines);
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
