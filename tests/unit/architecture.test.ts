import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cyclesIn, type Imports, importsOf } from '@/scripts/imports';

const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(tsx?|mjs|css)$/.test(file));
const files = sources.filter((file) => !file.startsWith('tests/'));
const read = (file: string) => readFileSync(file, 'utf8');
const all = importsOf(files, read);
const values = importsOf(files, read, { values: true });

/** The files in lib/ that run in browsers too. */
const isomorphic =
  /^lib\/(domain\/(contract|event-entry|requests)|domain\/\w+\/(schema|timing|kinds|events|empty-parts)|platform\/[\w-]+\/schema|platform\/(text|memory)\/.*)\.ts$/;

/** What each storey may import. boot/ and server.ts are above all storeys, and nothing imports them. */
const storeys: [storey: RegExp, below: RegExp[]][] = [
  [/^lib\/platform\//, [/^lib\/platform\//]],
  [/^lib\/domain\//, [/^lib\/(domain|platform)\//]],
  [/^lib\/doors\//, [/^lib\//]],
  [/^client\//, [/^client\//, isomorphic]],
  [/^components\/ui\//, [/^components\/ui\//, /^client\/(browser|intl)\//]],
  [/^components\/(?!ui\/)/, [/^components\//, /^client\//, isomorphic]],
  // Only boot/ knows the state of the node; both routes are thin.
  [/^app\//, [/^(app|components|client|lib)\//, /^boot\/(health|metrics)\.ts$/]],
];

/** The files that a noun shows to other nouns, besides its front file, which has the noun's name in the singular. */
const shown = ['access', 'shape', 'schema', 'broadcasts', 'events', 'permissions', 'kinds', 'timing', 'jobs'];

/** Further files that nouns show today. May only shrink. */
const shownToday: Record<string, string[]> = {
  accounts: ['providers', 'secret'],
  attachments: ['serving'],
  conversations: ['audience', 'removal-notices'],
  messages: ['delivered-revs'],
  sessions: ['cache', 'use'],
};

/**
 * Folders that reach each other by value imports today. May only shrink. Schemas don't count: they are a storey of their own, in which
 * lint finds the cycles of files.
 */
const cyclesToday = [
  ['client/outbox', 'client/receipts', 'client/socket', 'client/state', 'client/typing'],
  ['components/conversations', 'components/messages', 'components/participants', 'components/settings'],
  ['lib/domain/conversations', 'lib/domain/messages', 'lib/domain/participants', 'lib/domain/receipts', 'lib/domain/typing'],
  ['lib/doors/auth', 'lib/doors/rest'],
];

describe('the house', () => {
  test.each(storeys)('%s imports nothing from a storey above it', (storey, below) => {
    const importers = files.filter((file) => storey.test(file) && all.has(file));
    expect(importers).not.toEqual([]);
    expect(pairs(all).filter(([file, imported]) => storey.test(file) && !below.some((one) => one.test(imported)))).toEqual([]);
  });

  test('a noun of the domain is imported only through its public files', () => {
    const breaches = pairs(all).filter(([file, imported]) => {
      const [, noun = '', name = ''] = /^lib\/domain\/(\w+)\/([\w-]+)\.ts$/.exec(imported) ?? [];
      if (!noun || !/^(app|lib)\//.test(file) || file.startsWith(`lib/domain/${noun}/`)) return false;
      // Operations are above all verbs. The doors find them in one table.
      if (name === 'operations') return file !== 'lib/domain/operations.ts';
      return ![noun.replace(/s$/, ''), ...shown, ...(shownToday[noun] ?? [])].includes(name);
    });
    expect(breaches).toEqual([]);
  });

  test('lists of a noun’s further public files name no file that is private', () => {
    const listed = Object.entries(shownToday).flatMap(([noun, names]) => names.map((name) => `lib/domain/${noun}/${name}.ts`));
    const entered = pairs(all).filter(([file, imported]) => /^(app|lib)\//.test(file) && folderOf(file) !== folderOf(imported));
    expect(listed.filter((file) => !entered.some(([, imported]) => imported === file))).toEqual([]);
  });

  test('folders are in no cycles but those that are listed, and all of these are still there', () => {
    expect(cyclesIn(byFolder(values))).toEqual(cyclesToday);
  });

  test('only readable.ts defines in SQL who may read', () => {
    const predicate = /"leftAt" IS (NOT )?NULL|\bc\."deletedAt" IS (NOT )?NULL|visibility = 'PUBLIC'/;
    const said = files.filter((file) => /^(lib|app|boot)\//.test(file) && predicate.test(read(file)));
    expect(said).toEqual(['lib/domain/readable.ts']);
  });

  test('statements of the database are named by their folder, and no two alike', () => {
    const named = files.flatMap((file) =>
      [...read(file).matchAll(/\b(?:run|attempt|ids)(?:<[^()]*?>)?\(\s*'([^']+)',\s*\w+Text/g)].map(([, name = '']) => ({
        file,
        name,
      })),
    );
    expect(named.length).toBeGreaterThan(80);
    // platform/upkeep consists of the lease.
    const folder = (file: string) => file.split('/')[2]?.replace('upkeep', 'lease');
    expect(named.filter(({ file, name }) => !/^\w+(\.\w+)+$/.test(name) || name.split('.')[0] !== folder(file))).toEqual([]);
    const names = named.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('no two singletons of the process have the same name', () => {
    const names = files.flatMap((file) =>
      [...read(file).matchAll(/\bprocessSingleton\(\s*'([^']+)'/g)].map(([, name = '']) => name),
    );
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.each(['jobs', 'metrics', 'upkeep'])('boot/%s.ts lists every file of that name', (name) => {
    const own = files.filter((file) => new RegExp(`^lib/(domain|doors|platform)/[\\w-]+/${name}\\.ts$`).test(file));
    expect(own.length).toBeGreaterThan(2);
    // The file that schedules the upkeep is not a task of it.
    const collected = own.filter((file) => file !== 'lib/platform/upkeep/upkeep.ts');
    expect(collected.filter((file) => !all.get(`boot/${name}.ts`)?.includes(file))).toEqual([]);
  });

  test('private members are #private', () => {
    const keyword = /^\s*(?:readonly )?private (?!constructor)(?:readonly |static |async )?\w+[(:?! ]/m;
    expect(sources.filter((file) => existsSync(file) && keyword.test(read(file)))).toEqual([]);
  });

  test('no file is longer than 250 lines', () => {
    expect(sources.filter((file) => existsSync(file) && read(file).split('\n').length - 1 > 250)).toEqual([]);
  });
});

const pairs = (imports: Imports) => [...imports].flatMap(([file, named]) => named.map((imported) => [file, imported] as const));

const folderOf = (file: string) => /^(lib\/\w+|client|components)\/[\w-]+(?=\/)/.exec(file)?.[0] ?? null;

function byFolder(imports: Imports): Imports {
  const folders: Imports = new Map();
  for (const [file, imported] of pairs(imports)) {
    if (/^lib\/domain\/\w+\/operations\.ts$/.test(file)) continue;
    const [from, to] = [folderOf(file), folderOf(imported)];
    if (from && to && from !== to && !isomorphic.test(imported)) folders.set(from, [...(folders.get(from) ?? []), to]);
  }
  return folders;
}
