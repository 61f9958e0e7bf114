import { readFileSync } from 'node:fs';
import semver from 'semver';
import { describe, expect, test } from 'vitest';

interface Package {
  version: string;
  link?: boolean;
  engines?: { node?: string } | string[];
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const { dependencies, devDependencies, engines, allowScripts } = read('package.json') as Record<string, Record<string, string>>;
const locked = Object.entries((read('package-lock.json') as { packages: Record<string, Package> }).packages).filter(
  ([path]) => path !== '',
);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const names = new Set(locked.map(([path]) => nameOf(path)));

/**
 * Packages whose private parts or wire format Parley relies on. To take another version, read its changes, compare them with the
 * named file, run the suite, and then enter the new version here.
 */
const relied = {
  'socket.io': ['4.8.4', 'lib/platform/realtime/socket-io/frames.ts'],
  'socket.io-client': ['4.8.4', 'the same protocol as the server'],
  'socket.io-adapter': ['2.5.8', 'lib/platform/realtime/adapter.ts'],
  'engine.io': ['6.6.11', 'lib/platform/realtime/socket-io/frames.ts'],
  ws: ['8.21.3', 'lib/platform/realtime/socket-io/frames.ts'],
  '@socket.io/redis-streams-adapter': ['0.3.1', 'lib/platform/realtime/adapter.ts'],
  ioredis: ['6.0.0', 'lib/platform/realtime/streams.ts'],
  'use-intl': ['4.15.0', 'client/intl/texts.ts'],
  '@prisma/schema-engine-wasm': ['8.1.0-2.59be4fda12412a79eeb9c2ae727b6aa723593323', 'tests/support/schema-engine.ts'],
  '@hyzyla/pdfium': ['2.1.13', 'lib/platform/media/pdf-worker.mjs: untrusted files'],
  'icu-minify': ['4.15.0', 'client/intl/format-message.ts'],
};

describe('packages', () => {
  test.each(Object.entries(relied))('%s is exactly the version that its use was read against', (name, [version]) => {
    const copies = locked.filter(([path]) => nameOf(path) === name).map(([, entry]) => entry.version);
    expect({
      declared: dependencies?.[name] ?? devDependencies?.[name],
      installed: read(`node_modules/${name}/package.json`).version,
      copies,
    }).toEqual({
      declared: version,
      installed: version,
      copies: [version],
    });
  });

  test('the lock file has the packages of every platform', () => {
    const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !names.has(name))
        .map((name) => `${name} of ${path}`),
    );
    expect(missing).toEqual([]);
    for (const compiler of ['@next/swc', '@tailwindcss/oxide', '@biomejs/cli'])
      for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-x64', 'win32-x64'])
        expect([...names].some((name) => name.startsWith(`${compiler}-${platform}`))).toBe(true);
  });

  test('none needs a newer Node than Parley does', () => {
    const wanted = engines?.node ?? '';
    const newer = locked.filter(([, { engines: own }]) => !Array.isArray(own) && own?.node && !accepts(own.node, wanted));
    expect(newer.map(([path]) => path)).toEqual([]);
  });

  test('whether its install script may run is decided for each that has one', () => {
    const undecided = locked.filter(([path, entry]) => entry.hasInstallScript && !(nameOf(path) in (allowScripts ?? {})));
    expect(undecided.map(([path]) => nameOf(path))).toEqual([]);
  });
});

/** The oldest supported Node, and the newest of the same line. */
function accepts(range: string, wanted: string): boolean {
  const oldest = semver.minVersion(wanted);
  if (!oldest) throw new Error(`package.json asks for ${wanted}, which is no range of versions.`);
  return semver.satisfies(oldest, range) && semver.satisfies(`${oldest.major}.999.0`, range);
}
