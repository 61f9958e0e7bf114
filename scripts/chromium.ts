import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { aptGet } from '@/scripts/apt';
import { findChromium } from '@/tests/e2e/support/chromium';

/**
 * Finds a Chromium or installs one: Playwright's own download, else the system's package.
 * @param say where to tell what is going on; a download takes a while
 * @returns its path, or null when there is none and none can be had
 */
export function installChromium(say: (text: string) => void): string | null {
  const found = findChromium();
  if (found) return found;

  say('No Chromium found: downloading Playwright’s (about 150 MB).');
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], { stdio: 'inherit' });
  const downloaded = findChromium();
  if (downloaded) return downloaded;

  if (process.getuid?.() === 0) {
    say('That one cannot be had or does not start: installing the system’s package.');
    aptGet(['update'], 'inherit');
    for (const name of ['chromium-headless-shell', 'chromium'])
      if (!findChromium()) aptGet(['install', '-y', '--no-install-recommends', name], 'inherit');
  }
  const installed = findChromium();
  if (!installed)
    say(
      'There is no Chromium for the end-to-end tests. Install one (apt-get install chromium), or name one in PARLEY_CHROMIUM.',
    );
  return installed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = installChromium((text) => process.stdout.write(`${text}\n`)) ? 0 : 1;
