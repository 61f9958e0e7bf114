import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { testsOf } from '@/scripts/changed';
import { importsOf } from '@/scripts/imports';
import { suite } from '@/scripts/suite';

const tree: Record<string, string> = {
  'lib/platform/validation/id.ts': 'export const id = 1;',
  'lib/domain/messages/message.ts': "import { id } from '@/lib/platform/validation/id';",
  'lib/unknown/new.ts': '',
  'client/outbox/outbox.ts': "import type { x } from '../../lib/platform/validation/id';",
  'tests/unit/ids.test.ts': "import { id } from '@/lib/platform/validation/id';",
  'tests/unit/messages.test.ts': "const { send } = await import('@/lib/domain/messages/message');",
  'tests/unit/outbox.test.ts': "import { outbox } from '@/client/outbox/outbox';",
  'tests/unit/alone.test.ts': "import { test } from 'vitest';",
  'tests/unit/wire-documented.test.ts': '',
  'tests/chaos/typed.test.ts': '',
  'tests/chaos/order.test.ts': '',
  'tests/protocol/edges.test.ts': '',
  'tests/e2e/files.test.ts': '',
  'tests/e2e/unread.test.ts': "import { person } from '@/tests/e2e/support/actor';",
  'tests/e2e/support/actor.ts': '',
};
const imports = importsOf(Object.keys(tree), (file) => tree[file] ?? '');
const chosen = (...changed: string[]) => Object.fromEntries(testsOf(changed, imports));
const folders = (choice: object) => [...new Set(Object.keys(choice).map((file) => file.split('/')[1]))].sort();

describe('a change concerns', () => {
  test('a test that changed, and no other', () => {
    expect(chosen('tests/unit/alone.test.ts')).toEqual({ 'tests/unit/alone.test.ts': 'changed itself' });
  });

  test('files that import it: indirectly, by path or name, or dynamically', () => {
    expect(chosen('lib/platform/validation/id.ts')).toMatchObject({
      'tests/unit/ids.test.ts': 'imports lib/platform/validation/id.ts',
      'tests/unit/messages.test.ts': 'imports lib/platform/validation/id.ts',
      'tests/unit/outbox.test.ts': 'imports lib/platform/validation/id.ts',
    });
    expect(chosen('lib/platform/validation/id.ts')).not.toHaveProperty('tests/unit/alone.test.ts');
  });

  test('steps that run the built server with it', () => {
    expect(folders(chosen('lib/domain/messages/message.ts'))).toEqual(['chaos', 'e2e', 'protocol', 'unit']);
    const outbox = chosen('client/outbox/outbox.ts');
    expect(outbox).toMatchObject({ 'tests/chaos/typed.test.ts': 'reaches client/outbox/outbox.ts' });
    expect(outbox).not.toHaveProperty('tests/chaos/order.test.ts');
    expect(outbox).not.toHaveProperty('tests/protocol/edges.test.ts');
  });

  test('everything that runs the built server, when no row knows it', () => {
    expect(folders(chosen('lib/unknown/new.ts'))).toEqual(['chaos', 'e2e', 'protocol']);
    expect(Object.keys(chosen('lib/unknown/new.ts'))).toHaveLength(5);
  });

  test('tests that read it, when it is a document', () => {
    expect(chosen('docs/protocol.md')).toEqual({ 'tests/unit/wire-documented.test.ts': 'reaches docs/protocol.md' });
    expect(chosen('docs/look.md')).toEqual({});
  });

  test('all tests, when the packages change', () => {
    expect(Object.keys(chosen('package-lock.json'))).toHaveLength(10);
  });

  test('the tests of a removed file', () => {
    expect(chosen('client/outbox/gone.ts')).toHaveProperty('tests/chaos/typed.test.ts');
    expect(chosen('tests/unit/gone.test.ts')).toEqual({});
  });
});

describe('the steps', () => {
  const names = (...files: string[]) => suite(new Map(files.map((file) => [file, 'changed itself']))).map(({ name }) => name);

  test('of any change are lint and types, and a build only where something runs it', () => {
    expect(names()).toEqual(['generated client', 'lint', 'types']);
    expect(names('tests/unit/a.test.ts')).toEqual(['generated client', 'lint', 'types', 'unit and integration tests']);
    expect(names('tests/chaos/a.test.ts')).toEqual(['generated client', 'lint', 'build', 'types', 'chaos tests']);
  });

  test('run the chosen files alone', () => {
    const files = ['tests/unit/a.test.ts', 'tests/e2e/b.test.ts'];
    const steps = suite(new Map(files.map((file) => [file, '']))).filter(({ kind }) => kind !== 'check');
    expect(steps.map(({ args }) => args.filter((arg) => arg.endsWith('.test.ts')))).toEqual([
      ['tests/unit/a.test.ts'],
      ['tests/e2e/b.test.ts'],
      ['tests/e2e/b.test.ts'],
      ['tests/e2e/b.test.ts'],
    ]);
  });

  test('of the whole suite take in every test file there is', () => {
    const { stdout } = spawnSync('git', ['ls-files', 'tests'], { encoding: 'utf8' });
    const files = stdout.split('\n').filter((file) => /\.test\.tsx?$/.test(file));
    const folders = suite().flatMap((step) => step.folders ?? []);
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !folders.some((folder) => file.startsWith(folder)))).toEqual([]);
  });
});
