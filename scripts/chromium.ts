import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { aptGet } from '@/scripts/apt';
import { findChromium } from '@/tests/e2e/support/chromium';

/**
 * Finds Chromium or installs it: Playwright's download, else the system's package.
 * @param say prints progress, because a download takes a while
 * @returns the path, or null when it cannot be installed
 */
export function installChromium(say: (text: string) => void): string | null {
  const found = findChromium();
  if (found) return found;

  say('No Chromium found: downloading Playwright’s (about 150 MB).');
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], { stdio: 'inherit' });
  const downloaded = findChromium();
  if (downloaded) return downloaded;

  if (process.getuid?.() === 0) {
    say('Playwright’s Chromium cannot be downloaded or started: installing the system’s package.');
    aptGet(['update'], 'inherit');
    for (const name of ['chromium-headless-shell', 'chromium'])
      if (!findChromium()) aptGet(['install', '-y', '--no-install-recommends', name], 'inherit');
  }
  const installed = findChromium();
  if (!installed)
    say(
      'There is no Chromium for the end-to-end tests. Install it (apt-get install chromium), or set PARLEY_CHROMIUM to its path.',
    );
  return installed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = installChromium((text) => process.stdout.write(`${text}\n`)) ? 0 : 1;
