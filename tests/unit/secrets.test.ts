import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { envSchema } from '@/lib/platform/env/env';
import { isSecret, secretsIn } from '@/lib/platform/env/secret-settings';

/** One secret of each kind, with characters that are escaped in URLs and in JSON. */
const secrets = {
  DATABASE_URL: 'postgresql://parley:primary%2Fpass"word@db:5432/parley',
  DATABASE_REPLICA_URL: 'postgresql://parley:replica%2Fpass"word@standby:5432/parley',
  REDIS_URL: 'redis://:redis-pass"word@cache:6379/0',
  S3_BUCKET: 'files',
  S3_ACCESS_KEY_ID: 'an-access-key',
  S3_SECRET_ACCESS_KEY: 's3-"secret"',
  AUTH_SECRET: 'thirty-two characters or more of a secret',
  METRICS_TOKEN: 'metrics-token',
  SETUP_CODE: 'setup-code',
  GITHUB_ID: 'github',
  GITHUB_SECRET: 'github-secret',
  GOOGLE_ID: 'google',
  GOOGLE_SECRET: 'google-secret',
  OIDC_ISSUER: 'https://login.example.org',
  OIDC_ID: 'oidc',
  OIDC_SECRET: 'oidc-secret',
};

/** What must not remain of each secret. */
const parts = [
  'pass"word',
  'pass%22word',
  'access-key',
  'secret"',
  'characters or more',
  'metrics-t',
  'setup-c',
  'github-s',
  'oidc-s',
];

/** Logs every variable alone, within a text, in an error, and in an error with a URL; prints everything printable. */
const program = `
  import { env } from '@/lib/platform/env/env';
  import { log } from '@/lib/platform/log/log';
  for (const [name, value] of Object.entries(env())) {
    if (typeof value !== 'string') continue;
    const err = Object.assign(new Error('Cannot use ' + value), { command: { args: ['AUTH', value] }, input: value });
    log().error({ err, name, settings: env(), deep: [{ url: value }] }, 'It failed with ' + value);
    log().info({ reason: decodeURIComponent(value) }, encodeURIComponent(value));
  }`;

test('no secret of the environment gets into the log, however it is put there', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...secrets },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  expect(stdout).toContain('db:5432');
  const told = [...secretsIn(secrets), ...parts].flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  expect(told.filter((value) => stdout.includes(value))).toEqual([]);
});

test('every variable that sounds secret is known as one', () => {
  const secretive = Object.keys(envSchema.shape).filter((name) =>
    /SECRET|TOKEN$|PASSWORD|CODE|KEY|(DATABASE|REPLICA|REDIS)_URL/.test(name),
  );
  expect(secretive.filter((name) => !isSecret(name))).toEqual([]);
  expect(secretsIn(secrets).length).toBeGreaterThanOrEqual(secretive.length);
  expect(secretive.filter((name) => !(name in secrets))).toEqual([]);
});
