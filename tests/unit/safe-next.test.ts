import { expect, test } from 'vitest';
import { safeNext } from '@/app/registration';

test('after signing in one lands on a path of our own, with its query', () => {
  expect(safeNext('/c/1?m=2')).toBe('/c/1?m=2');
  expect(safeNext(undefined)).toBe('/');
});

test('no link can lead from the sign-in to another site', () => {
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/.\\/evil.example',
    '/..//evil.example',
    '/c/..//evil.example',
    '/%2e//evil.example',
    '/%2E%2e/%2e//evil.example',
    '/./\t/evil.example',
    '/%2f/evil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '/%',
    'https:evil.example',
    'http:evil.example',
    '///evil.example',
    '/\\\\evil.example',
    '@evil.example',
    'c/1',
  ])
    expect(safeNext(next), next).toBe('/');
});

test('no link can lead from the sign-in to the API', () => {
  for (const next of ['/api', '/api/me', '/c/../api/me', '/%61pi/me', '/API/me', ['/c/1', '/c/2']])
    expect(safeNext(next)).toBe('/');
});

test('the checked path is the one that is used: it is returned as the browser reads it', () => {
  expect(safeNext('/c/./1/../2?m=/..//x')).toBe('/c/2?m=/..//x');
  expect(safeNext('/settings#//evil.example')).toBe('/settings');
  expect(safeNext('/apiary')).toBe('/apiary');
});
