import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** A Chromium that starts: the one PARLEY_CHROMIUM names, the system's, or the one Playwright downloaded. Null: none. */
export function findChromium(): string | null {
  const named = process.env.PARLEY_CHROMIUM;
  const candidates = named ? [named] : [...onPath(), chromium.executablePath()];
  return candidates.find(starts) ?? null;
}

/** What every test's browser is started with: no sandbox, because tests run as root in containers; no traffic of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The headless shell first: a Chromium without its windows opens a page in two thirds of the time.
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const onPath = () => names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));

// A download without its system libraries is there, and does not start.
const starts = (path: string) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
