import { defineConfig } from '@playwright/test';
import oneServer from './playwright.config';

/**
 * The end-to-end tests in which several people meet, on two nodes behind nginx: every other browser is at the other node. Where
 * somebody is alone it makes no difference, so tests tagged @one-browser are left out (tests/e2e/support/fixtures.ts checks the tag). A
 * link that a test cuts has an address of its own, which is not the public one.
 */
export default defineConfig(oneServer, {
  testMatch: [
    'direct',
    'changing',
    'composer',
    'files',
    'groups',
    'keyboard',
    'names',
    'pitfalls',
    'presence',
    'tabs',
    'timeline',
    'unread',
    'writing',
  ].map((name) => `**/${name}.test.ts`),
  grepInvert: /@one-browser/,
  globalSetup: './tests/e2e/support/cluster.ts',
  outputDir: 'test-results/nodes',
});
