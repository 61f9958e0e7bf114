import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Env, envSchema, limitsOf, parseEnv } from '@/lib/platform/env/env';
import { defaultLimits } from '@/lib/platform/limits/schema';
import { rateLimits } from '@/lib/platform/rate-limits/rates';

describe('the environment', () => {
  test('needs nothing', () => {
    const settings = parseEnv({});
    expect(settings).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      OPEN_REGISTRATION: true,
      TRUST_PROXY: 0,
      RETENTION_MONTHS: 0,
    });
    expect(limitsOf(settings)).toEqual(defaultLimits);
  });

  test('takes an empty value for an absent one', () => {
    expect(parseEnv({ PORT: '', PUBLIC_URL: '', RATE_LIMIT_MESSAGE: '' }).PORT).toBe(3000);
  });

  test.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '1.5'],
    ['PUBLIC_URL', 'chat.example.org'],
    ['PUBLIC_URL', 'https://chat.example.org/path'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['ALLOWED_ORIGINS', 'https://a.example,b.example'],
    ['TRUST_PROXY', '-1'],
    ['DATABASE_URL', 'mysql://localhost/parley'],
    ['RETENTION_MONTHS', '0'],
    ['RETENTION_MONTHS', '1.5'],
    ['RETENTION_MONTHS', 'a year'],
    ['DATABASE_REPLICA_URL', 'standby:5432'],
    ['S3_BUCKET', 'Parley'],
    ['S3_BUCKET', 'a/b'],
    ['S3_ENDPOINT', 's3.example.org'],
    ['S3_PUBLIC_ENDPOINT', 'ftp://s3.example.org'],
    ['S3_PREFIX', '/chat'],
    ['S3_PATH_STYLE', 'perhaps'],
    ['S3_SIGNED_URLS', 'perhaps'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'http://localhost:6379'],
    ['REDIS_URL', 'redis://localhost:6379/parley'],
    ['AUTH_SECRET', 'short'],
    ['OPEN_REGISTRATION', 'perhaps'],
    ['OIDC_ISSUER', 'nowhere'],
    ['LOG_LEVEL', 'loud'],
    ['RATE_LIMIT_PRESET', 'loose'],
    ['RATE_LIMIT_MESSAGE', '60'],
    ['RATE_LIMIT_MESSAGE', '0/60'],
    ['MAX_UPLOAD', 'big'],
    ['MAX_PAGE', '0'],
  ])('names %s=%s and the mend in one line', (name, value) => {
    const parse = () => parseEnv({ [name]: value });
    expect(parse).toThrow(
      new RegExp(`^${name} is .+, but must be .+\\. Correct or unset it, in the environment or in \\.env\\.$`),
    );
    expect(parse).not.toThrow(/undefined|Invalid input|\n/);
  });

  test('does not repeat a secret in its complaint', () => {
    expect(() => parseEnv({ AUTH_SECRET: 'hunter2' })).not.toThrow(/hunter2/);
    expect(() => parseEnv({ DATABASE_URL: 'mysql://me:hunter2@db/x' })).not.toThrow(/hunter2/);
    expect(() => parseEnv({ DATABASE_REPLICA_URL: 'mysql://me:hunter2@db/x' })).not.toThrow(/hunter2/);
    expect(() => parseEnv({ REDIS_URL: 'http://me:hunter2@cache' })).not.toThrow(/hunter2/);
  });

  test('wants a replica of something', () => {
    const replica = 'postgresql://me:hunter2@standby/parley';
    expect(() => parseEnv({ DATABASE_REPLICA_URL: replica })).toThrow(
      /^DATABASE_REPLICA_URL is set, but DATABASE_URL is not, [^\n]+$/,
    );
    expect(() => parseEnv({ DATABASE_REPLICA_URL: replica })).not.toThrow(/hunter2/);
    expect(parseEnv({ DATABASE_REPLICA_URL: replica, DATABASE_URL: replica }).DATABASE_REPLICA_URL).toBe(replica);
  });

  test('wants a provider whole or not at all', () => {
    expect(() => parseEnv({ GITHUB_ID: 'a' })).toThrow(/^GITHUB_SECRET is not set/);
    expect(() => parseEnv({ OIDC_ISSUER: 'https://login.example.org', OIDC_ID: 'a' })).toThrow(/^OIDC_SECRET is not set/);
    expect(parseEnv({ GITHUB_ID: 'a', GITHUB_SECRET: 'b' }).GITHUB_ID).toBe('a');
  });

  test('requires a bucket for its settings, and keys in pairs', () => {
    expect(() => parseEnv({ S3_ENDPOINT: 'https://s3.example.org' })).toThrow(
      /^S3_ENDPOINT is set, but S3_BUCKET is not\. [^\n]+$/,
    );
    expect(() => parseEnv({ S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'a' })).toThrow(/^S3_SECRET_ACCESS_KEY is not set, [^\n]+$/);
    expect(() => parseEnv({ S3_BUCKET: 'files', S3_SECRET_ACCESS_KEY: 'hunter2' })).not.toThrow(/hunter2/);
    expect(parseEnv({ S3_BUCKET: 'files' }).S3_BUCKET).toBe('files');
  });

  test('reduces origins to the form that browsers send', () => {
    const settings = parseEnv({
      PUBLIC_URL: 'https://Chat.Example.org:443/',
      ALLOWED_ORIGINS: 'https://a.example/, http://b.example:8080',
    });
    expect(settings.PUBLIC_URL).toBe('https://chat.example.org');
    expect(settings.ALLOWED_ORIGINS).toEqual(['https://a.example', 'http://b.example:8080']);
  });

  test('sets one rate, under it the preset, under that the defaults', () => {
    expect(rateLimits(parseEnv({})).message).toEqual({ count: 60, seconds: 60 });
    const limits = rateLimits(parseEnv({ RATE_LIMIT_PRESET: 'strict', RATE_LIMIT_UPLOAD: '7/30', RATE_LIMIT_SIGNIN: '3/60' }));
    expect(limits.message).toEqual({ count: 10, seconds: 60 });
    expect(limits.upload).toEqual({ count: 7, seconds: 30 });
    expect(limits.signin).toEqual({ count: 3, seconds: 60 });
    expect(limits.signinAddress).toEqual({ count: 3, seconds: 60 });
    expect(limits.register).toEqual({ count: 20, seconds: 3_600 });
  });
});

describe('the documents', () => {
  const names = Object.keys(envSchema.shape) as (keyof Env)[];
  const example = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=(.*)$/gm)];
  const defaults = parseEnv({});

  /** The cells of the table's rows under a heading. */
  const rowsUnder = (file: string, heading: string) =>
    (
      readFileSync(file, 'utf8')
        .split(/^## /m)
        .find((part) => part.startsWith(heading)) ?? ''
    )
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
  const quoted = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

  test('.env.example documents every variable and no other', () => {
    expect(example.map((match) => match[1]).toSorted()).toEqual(names.toSorted());
  });

  test('.env.example shows the defaults', () => {
    const shown = Object.fromEntries(example.map(([, name, value]) => [name, value]));
    expect(rateLimits(parseEnv(shown))).toEqual(rateLimits(defaults));
    for (const name of names.filter((one) => !one.startsWith('RATE_LIMIT_')))
      expect(parseEnv({ [name]: shown[name] })[name], name).toEqual(defaults[name]);
  });

  test('docs/operations.md has every variable and no other in its table', () => {
    const documented = rowsUnder('docs/operations.md', 'Variables').flatMap(([, cell]) => quoted(cell));
    expect(documented.toSorted()).toEqual(names.toSorted());
  });

  test('docs/operations.md shows the defaults', () => {
    const rows = rowsUnder('docs/operations.md', 'Variables').map(([, variables, value]) => [quoted(variables), quoted(value)]);
    // Only rows with one value for each variable. The others describe in words what happens without one.
    const shown = rows.filter(([variables = [], values = []]) => variables.length === values.length);
    expect(shown.length).toBeGreaterThan(8);
    for (const [variables = [], values = []] of shown)
      for (const [index, name] of variables.entries())
        expect(parseEnv({ [name]: values[index] })[name as keyof Env], name).toEqual(defaults[name as keyof Env]);
  });

  test('README.md names only variables that there are', () => {
    const named = rowsUnder('README.md', 'Configuration').flatMap(([, cell]) => quoted(cell));
    const isVariable = (name: string) =>
      name.endsWith('*') ? names.some((one) => one.startsWith(name.slice(0, -1))) : names.includes(name as keyof Env);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !isVariable(name))).toEqual([]);
  });
});
