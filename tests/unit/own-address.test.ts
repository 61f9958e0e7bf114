import { beforeEach, expect, test } from 'vitest';
import { env } from '@/lib/platform/env/env';
import { ownAddress } from '@/lib/platform/http/origin';

beforeEach(() => void Object.assign(env(), { PUBLIC_URL: '', PORT: 3000 }));

const cameBy = (host: string) => ownAddress(new Request('http://localhost:3000/', { headers: { host } }));

test('a link leads to where its maker came by, as long as no PUBLIC_URL says otherwise', () => {
  expect(cameBy('192.168.1.7:3000')).toBe('http://192.168.1.7:3000');
  expect(cameBy('[fd00::7]:3000')).toBe('http://[fd00::7]:3000');
  env().PUBLIC_URL = 'https://chat.example.org';
  expect(cameBy('192.168.1.7:3000')).toBe('https://chat.example.org');
});

test('an invalid Host header leads to no other site', () => {
  for (const host of ['', 'evil.example/path', 'a@evil.example', 'a b'])
    expect(cameBy(host), host).toBe('http://localhost:3000');
});
