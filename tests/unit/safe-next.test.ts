import { expect, test } from 'vitest';
import { safeNext } from '@/app/doors';

test('after signing in one lands on a path of our own, with its query', () => {
  expect(safeNext('/c/1?m=2')).toBe('/c/1?m=2');
  expect(safeNext(undefined)).toBe('/');
});

test('no link can send who signs in to another site', () => {
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])
    expect(safeNext(next)).toBe('/');
});
