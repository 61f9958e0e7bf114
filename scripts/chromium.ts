import { spawnSync } from 'node:child_process';
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
  run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  const downloaded = findChromium();
  if (downloaded) return downloaded;

  if (process.getuid?.() === 0) {
    say('That one cannot be had or does not start: installing the system’s package.');
    run('apt-get', ['update']);
    for (const name of ['chromium-headless-shell', 'chromium'])
      if (!findChromium()) run('apt-get', ['install', '-y', '--no-install-recommends', name]);
  }
  const installed = findChromium();
  if (!installed)
    say(
      'There is no Chromium for the end-to-end tests. Install one (apt-get install chromium), or name one in PARLEY_CHROMIUM.',
    );
  return installed;
}

const run = (program: string, args: string[]) => spawnSync(program, args, { stdio: 'inherit' });
