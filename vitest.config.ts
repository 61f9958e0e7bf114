import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };

// What a test polls for comes in milliseconds, or never: on a busy machine it may be late.
const expect = { poll: { timeout: 10_000 } };

/**
 * Unit tests run without anything; integration tests on a real PostgreSQL, each file in a fresh database of its own; protocol
 * tests from outside, against the built server; chaos tests kill, cut and flood built servers of their own.
 */
export default defineConfig({
  test: {
    // Both processors: by itself it leaves one to whoever works beside it.
    maxWorkers: availableParallelism(),
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', expect, testTimeout: 20_000, include: ['tests/unit/**/*.test.{ts,tsx}'] },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          expect,
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/global.ts'],
          setupFiles: ['tests/support/setup.ts'],
          pool: 'forks',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'protocol',
          expect,
          include: ['tests/protocol/**/*.test.ts'],
          globalSetup: ['tests/protocol/support/global.ts'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'chaos',
          expect,
          include: ['tests/chaos/**/*.test.ts'],
          pool: 'forks',
          // Each measures, or kills, and wants the machine for itself.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
