import { chmodSync, cpSync, mkdirSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findBinaries } from '@/lib/platform/db/embedded/binaries';
import { StartupError } from '@/lib/platform/process/startup-error';
import { bootProgram, cleanUp, end, freshFolder, namesIn, postmasterOf, refused, startParley } from '@/tests/support/boot';

const patience = 90_000;

afterEach(cleanUp);

describe('the system’s PostgreSQL instead of the embedded one', { timeout: patience * 3 }, () => {
  test('continues with the embedded one’s data, and hands it back', async () => {
    const folder = freshFolder();
    const bin = installation();
    const embedded = await startParley(folder);
    await embedded.store('by the embedded one');
    expect(await end(embedded.child, 'SIGTERM')).toBe(0);

    const system = await startParley(folder, { PARLEY_POSTGRES_BIN: bin });
    await system.store('by the system’s');
    expect(dirname(readlinkSync(`/proc/${postmasterOf(folder)}/exe`))).toBe(realpathSync(bin));
    expect(await end(system.child, 'SIGTERM')).toBe(0);

    await startParley(folder);
    expect([...(await namesIn(folder))].sort()).toEqual(['by the embedded one', 'by the system’s']);
  });

  test('makes the database of a new data folder', async () => {
    const parley = await startParley(freshFolder(), { PARLEY_POSTGRES_BIN: installation() });
    await parley.store('somebody');
  });

  test.each([
    ['no such folder', () => '/nowhere/bin', /\/nowhere\/bin\/postgres does not exist/],
    ['a program that may not be run', () => programs('postgres (PostgreSQL) 18.6', 0o644), /postgres is not executable/],
    ['a program that is another', () => programs('Hello.'), /postgres does not print its version/],
    [
      'another major version',
      () => programs('postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)'),
      /it is PostgreSQL 15\.14, .* needs 18/,
    ],
    [
      'programs of two versions',
      () => programs('postgres (PostgreSQL) 18.6', 0o755, 'initdb (PostgreSQL) 18.4'),
      /programs are of different versions \(18\.6 and 18\.4\)/,
    ],
  ])('is refused with a message when there is %s', (_what, bin, why) => {
    expect(() => findBinaries(bin())).toThrow(StartupError);
    expect(() => findBinaries(bin())).toThrow(why);
  });

  test('refuses the start in one line with the fix when it cannot be used', async () => {
    const variables = { PARLEY_DATA_DIR: freshFolder(), PARLEY_POSTGRES_BIN: '/nowhere/bin' };
    const { code, complaint } = await refused(variables, bootProgram);
    expect(code).toBe(1);
    expect(complaint).toMatch(
      /^Parley cannot start: PARLEY_POSTGRES_BIN cannot be used: .*\/usr\/lib\/postgresql\/18\/bin.*\n$/,
    );
  });
});

test('the embedded one is of the major version that the data needs', () => {
  const { postgres, version, major } = findBinaries();
  expect(findBinaries(dirname(postgres))).toMatchObject({ major, version: version.replace(/^(\d+\.\d+).*/, '$1') });
});

/** PostgreSQL as installed by the system, in another folder. */
function installation(): string {
  const folder = freshFolder();
  chmodSync(folder, 0o755);
  cpSync(findBinaries().native ?? '', folder, { recursive: true, verbatimSymlinks: true });
  return join(folder, 'bin');
}

/** A folder of programs that print this as their version. */
function programs(postgres: string, mode = 0o755, initdb = postgres): string {
  const bin = join(freshFolder(), 'bin');
  mkdirSync(bin);
  for (const [name, says] of Object.entries({ postgres, initdb }))
    writeFileSync(join(bin, name), `#!/bin/sh\necho '${says}'\n`, { mode });
  return bin;
}
