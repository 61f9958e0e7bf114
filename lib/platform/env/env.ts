import { existsSync } from 'node:fs';
import { z } from 'zod';
import { problemOfS3, s3Variables } from '@/lib/platform/env/s3';
import { isSecret, secretsIn } from '@/lib/platform/env/secret-settings';
import { databaseUrl, optionalOrigin, originList, rate, redisUrl, text, whole, yesNo } from '@/lib/platform/env/values';
import { defaultLimits, type Limits } from '@/lib/platform/limits/schema';
import { registerSecret } from '@/lib/platform/log/redaction';
import { processSingleton } from '@/lib/platform/process/singleton';
import { StartupError } from '@/lib/platform/process/startup-error';

/** Every environment variable. `.env.example` documents each. */
export const envSchema = z.object({
  PORT: whole(3000, 0, 65_535),
  HOST: text('127.0.0.1'),
  PUBLIC_URL: optionalOrigin.default(''),
  ALLOWED_ORIGINS: originList,
  TRUST_PROXY: whole(0, 0, 10),

  PARLEY_DATA_DIR: text('.data'),
  PARLEY_POSTGRES_BIN: text(),
  DATABASE_URL: databaseUrl('for the database that comes with Parley'),
  DATABASE_REPLICA_URL: databaseUrl('to read from DATABASE_URL alone'),
  DATABASE_POOL: whole(10, 2, 1_000),
  ...s3Variables,
  /** months that messages stay in the database; the default, 0, keeps them for ever */
  RETENTION_MONTHS: whole(0, 1, 1_200),
  REDIS_URL: redisUrl,

  AUTH_SECRET: text().refine((value) => value === '' || value.length >= 32, {
    error: 'at least 32 characters (or unset, for a generated one)',
  }),
  /** seconds an access token lasts */
  ACCESS_TOKEN_SECONDS: whole(900, 1, 86_400),
  OPEN_REGISTRATION: yesNo(true),
  SETUP_CODE: text(),
  GITHUB_ID: text(),
  GITHUB_SECRET: text(),
  GOOGLE_ID: text(),
  GOOGLE_SECRET: text(),
  OIDC_ISSUER: text().refine((value) => value === '' || URL.canParse(value), {
    error: 'the address of an OpenID Connect issuer, such as https://login.example.org/realms/team',
  }),
  OIDC_ID: text(),
  OIDC_SECRET: text(),
  OIDC_NAME: text('Single sign-on'),

  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  METRICS_TOKEN: text(),
  /** ms from which on a statement is logged; 0 for never */
  SLOW_STATEMENT_MS: whole(500, 0, 600_000),

  RATE_LIMIT_PRESET: z.enum(['default', 'strict'], { error: 'default or strict' }).default('default'),
  RATE_LIMIT_MESSAGE: rate,
  RATE_LIMIT_UPLOAD: rate,
  RATE_LIMIT_SEARCH: rate,
  RATE_LIMIT_GROUP: rate,
  RATE_LIMIT_TYPING: rate,
  RATE_LIMIT_OTHER: rate,
  RATE_LIMIT_SIGNIN: rate,
  RATE_LIMIT_REGISTER: rate,

  MAX_CONTENT: whole(defaultLimits.content, 1, 100_000),
  MAX_METADATA: whole(defaultLimits.metadata, 2, 65_536),
  MAX_PAGE: whole(defaultLimits.page, 1, 1_000),
  MAX_BODY: whole(defaultLimits.body, 1_024, 16_777_216),
  MAX_UPLOAD: whole(defaultLimits.upload, 1, 10_737_418_240),
  MAX_ATTACHMENTS: whole(defaultLimits.attachments, 0, 100),
  MAX_PARTICIPANTS: whole(defaultLimits.participants, 2, 100_000),
  MAX_REACTIONS: whole(defaultLimits.reactions, 1, 100),
  MAX_PINS: whole(defaultLimits.pins, 1, 1_000),
});

export type Env = z.output<typeof envSchema>;

/**
 * The environment, parsed once per process.
 * @throws StartupError when a variable is invalid: one line that names the variable and the fix
 */
export function env(): Env {
  return processSingleton('env', () => {
    const settings = parseEnv(process.env);
    registerSecret(secretsIn(settings));
    return settings;
  });
}

export function parseEnv(variables: Record<string, string | undefined>): Env {
  // An empty value, as in "PORT=", means the default.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = envSchema.safeParse(given);
  if (!result.success) throw new StartupError(messageFor(given, result.error.issues[0]));
  const problem = incompleteProvider(result.data) ?? problemOfS3(result.data) ?? replicaWithoutPrimary(result.data);
  if (problem) throw new StartupError(problem);
  return result.data;
}

/** Reads `.env` into the environment. Variables that are already set keep their value. */
export function loadEnvFile(path = '.env'): void {
  if (existsSync(path)) process.loadEnvFile(path);
}

/** The address that people open in the browser. Links, redirects and cookies use it. */
export function publicUrl(): string {
  return env().PUBLIC_URL || `http://localhost:${env().PORT}`;
}

/** Sets the port that the server listens on, which is known only after listening when PORT is 0. */
export function setPort(port: number): void {
  env().PORT = port;
  // next-auth reads this variable itself. Without it, it redirects to localhost:3000.
  process.env.NEXTAUTH_URL = publicUrl();
}

/** Sets the database URL, once the embedded database runs. */
export function setDatabaseUrl(url: string): void {
  env().DATABASE_URL = url;
  registerSecret(secretsIn(env()));
}

/** Sets the key that signs sessions, once it is generated or read. */
export function setAuthSecret(secret: string): void {
  env().AUTH_SECRET = secret;
  registerSecret(secretsIn(env()));
}

export function limitsOf(settings: Env): Limits {
  return {
    content: settings.MAX_CONTENT,
    metadata: settings.MAX_METADATA,
    page: settings.MAX_PAGE,
    body: settings.MAX_BODY,
    upload: settings.MAX_UPLOAD,
    attachments: settings.MAX_ATTACHMENTS,
    participants: settings.MAX_PARTICIPANTS,
    reactions: settings.MAX_REACTIONS,
    pins: settings.MAX_PINS,
  };
}

function messageFor(given: Record<string, string | undefined>, issue: z.core.$ZodIssue | undefined): string {
  const name = String(issue?.path[0] ?? 'A variable');
  const value = isSecret(name) ? 'not valid' : JSON.stringify(given[name]);
  return `${name} is ${value}, but must be ${issue?.message}. Correct or unset it, in the environment or in .env.`;
}

function incompleteProvider(settings: Env): string | null {
  const providers = [
    ['GITHUB_ID', 'GITHUB_SECRET'],
    ['GOOGLE_ID', 'GOOGLE_SECRET'],
    ['OIDC_ISSUER', 'OIDC_ID', 'OIDC_SECRET'],
  ] as const;
  for (const names of providers) {
    const missing = names.find((name) => !settings[name]);
    if (missing && names.some((name) => settings[name])) {
      return `${missing} is not set, but ${names.join(', ')} belong together. Set it, or unset the others.`;
    }
  }
  return null;
}

function replicaWithoutPrimary({ DATABASE_URL, DATABASE_REPLICA_URL }: Env): string | null {
  if (!DATABASE_REPLICA_URL || DATABASE_URL) return null;
  return 'DATABASE_REPLICA_URL is set, but DATABASE_URL is not, and the embedded database has no replica. Set both, or unset it.';
}
