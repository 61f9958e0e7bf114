import { defineConfig, devices } from '@playwright/test';
import { chromiumFlags, findChromium } from '@/tests/e2e/support/chromium';

// Looked up once: each worker loads this file again and inherits the environment.
process.env.PARLEY_CHROMIUM ??= findChromium() ?? undefined;

const report = process.env.PARLEY_E2E_REPORT;

/** End-to-end tests against the real, built server (tests/e2e/support/server.ts starts it). */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  // Each run empties its own, and two may run at once.
  outputDir: 'test-results/one',
  globalSetup: './tests/e2e/support/server.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    baseURL: process.env.PARLEY_E2E_URL,
    // What was done, asked and printed. Filming every page, and copying it at every step, costs more than what is tested.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: { executablePath: process.env.PARLEY_CHROMIUM, args: chromiumFlags },
  },
});
