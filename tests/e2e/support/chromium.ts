import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** A Chromium that starts: PARLEY_CHROMIUM, the system's, or the one that Playwright downloaded; null if there is none. */
export function findChromium(): string | null {
  const named = process.env.PARLEY_CHROMIUM;
  const candidates = named ? [named] : [...onPath(), chromium.executablePath()];
  return candidates.find(starts) ?? null;
}

/** Launch options of every test: no sandbox, because tests run as root in containers, and no requests of the browser itself. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The headless shell first, because it opens pages in two thirds of the time.
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const onPath = () => names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));

// A downloaded Chromium without its system libraries exists, but does not start.
const starts = (path: string) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
