import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '@/client/browser/new-id';
import { idSchema } from '@/lib/platform/validation/schema';

/** APIs that plain http, private windows or unusual browsers lack, and the one file that handles their absence. */
const sometimesMissing: [pattern: RegExp, ...places: string[]][] = [
  [/crypto\s*\.\s*randomUUID|randomUUID\s*\(/],
  [/crypto\s*\.\s*subtle/],
  [/navigator\s*\.\s*clipboard/, 'client/browser/copy.ts'],
  [/navigator\s*\.\s*locks/, 'client/outbox/drain.ts'],
  [/\bindexedDB\b|\bopenDB\b/, 'client/browser/database.ts'],
  [/new BroadcastChannel/, 'client/browser/channel.ts'],
  [/\b(local|session)Storage\b/, 'client/browser/local-storage.ts'],
  [/\bIntl\s*\.\s*\w+\s*[.(]|toLocale(Date|Time)String/, 'client/browser/clock-settings.ts'],
  [/navigator\s*\.\s*(serviceWorker|mediaDevices|storage|wakeLock|share|credentials|geolocation)/],
  [/\brequestIdleCallback\b/, 'components/ui/on-demand.tsx'],
  [/\b(cookieStore|caches|Notification|PushManager|structuredClone)\b\s*[.(]/],
];

const files = ['client', 'components', 'app'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

afterEach(() => void vi.unstubAllGlobals());

test('each optional browser API is used in one place, which has a fallback', () => {
  expect(files.length).toBeGreaterThan(100);
  const uses = files.flatMap((file) => {
    const text = withoutComments(readFileSync(file, 'utf8'));
    return sometimesMissing.flatMap(([pattern, ...places]) =>
      pattern.test(text) && !places.includes(file) ? `${file}: ${pattern}` : [],
    );
  });
  expect(uses).toEqual([]);
});

test('the search finds what it looks for', () => {
  for (const [pattern, ...places] of sometimesMissing)
    for (const place of places) expect(withoutComments(readFileSync(place, 'utf8')), place).toMatch(pattern);
  expect('key: crypto.randomUUID(),').toMatch(sometimesMissing[0]?.[0] ?? /(?!)/);
});

test('ids are UUIDs of version 4 without `randomUUID`, which plain http lacks, and no two are one', () => {
  const { getRandomValues } = globalThis.crypto;
  vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(globalThis.crypto) });
  expect(globalThis.crypto.randomUUID).toBeUndefined();
  const ids = Array.from({ length: 2_000 }, newId);
  for (const id of ids) {
    expect(idSchema.parse(id)).toBe(id);
    expect(id).toMatch(/^.{8}-.{4}-4.{3}-[89ab].{3}-.{12}$/);
  }
  expect(new Set(ids).size).toBe(ids.length);
});

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
