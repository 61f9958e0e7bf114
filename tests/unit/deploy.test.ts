import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { envSchema } from '@/lib/platform/env/env';
import { defaultLimits } from '@/lib/platform/limits/schema';

const read = (name: string) => readFileSync(`deploy/${name}`, 'utf8');

/** Variables that the containers set for other programs. */
const ofOthers = ['NODE_ENV'];

test('the containers set only variables that Parley reads', () => {
  const environment = read('compose.yaml').split('environment: &environment')[1]?.split('depends_on')[0] ?? '';
  const set = [...environment.matchAll(/^ {4}([A-Z0-9_]+):/gm)].map((match) => match[1]!);
  const image = [...read('Dockerfile').matchAll(/^(?:ENV| {3}) ([A-Z_]+)=/gm)].map((match) => match[1]!);
  expect(set.length).toBeGreaterThan(8);
  expect([...set, ...image].filter((name) => !(name in envSchema.shape) && !ofOthers.includes(name))).toEqual([]);
});

test('compose needs only variables that its example names', () => {
  const asked = [...read('compose.yaml').matchAll(/\$\{([A-Z0-9_]+)/g)].map((match) => match[1]!);
  const named = [...read('.env.example').matchAll(/^#? ?([A-Z0-9_]+)=/gm)].map((match) => match[1]!);
  expect([...new Set(asked)].toSorted()).toEqual(named.toSorted());
});

test('no secret has a default value', () => {
  for (const [, name, value] of read('.env.example').matchAll(/^(\w*(?:SECRET|PASSWORD|CODE|KEY)\w*)=(.*)$/gm))
    expect(value, name).toBe('');
});

test('the image has all that a build is made of, and the program does not run as root', () => {
  const dockerfile = read('Dockerfile');
  const sources = /const sources = \[([^\]]+)\]/.exec(readFileSync('scripts/build.ts', 'utf8'))?.[1] ?? '';
  const ignored = readFileSync('.dockerignore', 'utf8');
  for (const [, path = ''] of sources.matchAll(/'([^']+)'/g)) {
    const top = path.split('/')[0]!;
    if (top === 'public') continue;
    expect(dockerfile).toMatch(new RegExp(`COPY [^\\n]*\\b${top.replace('.', '\\.')}\\b`));
    expect(ignored).toContain(`!${top}\n`);
  }
  expect(dockerfile.lastIndexOf('\nUSER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nFROM '));
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
});

test('the image, the service and the demo start the server as `npm start` does', () => {
  const { start, demo } = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
  expect(demo).toBe(`${start} --demo`);
  const [, ...parameters] = start.replace('exec ', '').split(' ');
  expect(parameters.at(-1)).toBe('scripts/start.ts');
  expect(read('Dockerfile')).toContain(`\nCMD ${JSON.stringify(['node', ...parameters]).replaceAll(',', ', ')}\n`);
  expect(read('parley.service')).toContain(`\nExecStart=/usr/bin/node ${parameters.join(' ')}\n`);
});

test('nginx accepts the largest upload, and its timeout is longer than Parley’s for silent sockets', () => {
  const nginx = read('nginx.conf');
  const sizes = [...nginx.matchAll(/client_max_body_size (\d+)m;/g)].map((match) => Number(match[1]) * 1024 * 1024);
  expect(Math.max(...sizes)).toBeGreaterThan(defaultLimits.upload);
  expect(Math.min(...sizes)).toBeGreaterThan(defaultLimits.body);
  const sockets = nginx.split('location /socket.io/')[1]?.split('}')[0] ?? '';
  expect(Number(/proxy_read_timeout (\d+)s;/.exec(sockets)?.[1])).toBeGreaterThan(40);
});

test('nginx retries a new socket of a stopping node at the next node, and no other request', () => {
  const nginx = read('nginx.conf');
  const sockets = nginx.split('location /socket.io/')[1]?.split('}')[0] ?? '';
  expect(sockets).toMatch(/^ +proxy_next_upstream error timeout http_503;$/m);
  expect(nginx.match(/http_\d+|non_idempotent/g)).toEqual(['http_503']);
});
