import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { envSchema, limitsOf, parseEnv } from '@/lib/platform/env/env';
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

  test('.env.example documents every variable and no other', () => {
    const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
    expect(documented.toSorted()).toEqual(Object.keys(envSchema.shape).toSorted());
  });

  test('docs/operations.md has every variable and no other in its table', () => {
    const section = readFileSync('docs/operations.md', 'utf8')
      .split(/^## /m)
      .find((part) => part.startsWith('Variables'));
    const names = (section ?? '')
      .split('\n')
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z][A-Z0-9_]+)`/g)]);
    expect(names.map((match) => match[1]).toSorted()).toEqual(Object.keys(envSchema.shape).toSorted());
  });
});
