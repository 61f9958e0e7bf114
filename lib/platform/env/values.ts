import { z } from 'zod';

// Schemas of variables. Each error message completes "<NAME> is <value>, but must be ...".

export const whole = (defaultValue: number, min: number, max: number) => {
  const expected = { error: `a whole number from ${min} to ${max}` };
  return z.coerce.number(expected).int(expected).min(min, expected).max(max, expected).default(defaultValue);
};

export const text = (defaultValue = '') => z.string().default(defaultValue);

const boolean = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'], { error: 'true or false' })
  .transform((value) => value === 'true' || value === '1' || value === 'yes');

export const yesNo = (defaultValue: boolean) => boolean.default(defaultValue);

/** Undefined when unset, for variables whose default depends on other variables. */
export const maybeYesNo = boolean.optional();

export interface Rate {
  count: number;
  seconds: number;
}

export const rate = z
  .string()
  .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,8}$/, { error: '<count>/<seconds>, such as 60/60' })
  .transform((value): Rate => {
    const [count = 1, seconds = 1] = value.split('/').map(Number);
    return { count, seconds };
  })
  .optional();

function originOf(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  return url && isWeb && url.pathname === '/' && !url.search && !url.hash && !url.username ? url.origin : null;
}

const origin = z.string().transform((value, context) => {
  const found = originOf(value.trim());
  if (found) return found;
  context.addIssue({ code: 'custom', message: 'an address without a path, such as https://chat.example.org' });
  return z.NEVER;
});

export const optionalOrigin = z.union([z.literal(''), origin], {
  error: 'an address without a path, such as https://chat.example.org',
});

export const originList = text().transform((value, context) => {
  const origins = value
    .split(',')
    .filter((part) => part.trim())
    .map((part) => originOf(part.trim()));
  if (origins.every((found) => found !== null)) return origins;
  context.addIssue({
    code: 'custom',
    message: 'addresses without paths, separated by commas, such as https://a.example,https://b.example',
  });
  return z.NEVER;
});

/** @param unset what Parley uses when the variable is unset, for the error message */
export const databaseUrl = (unset: string) =>
  text().refine((value) => value === '' || (URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol)), {
    error: `postgresql://user:password@host:5432/database (or unset, ${unset})`,
  });

export const redisUrl = text().refine(
  (value) =>
    value === '' ||
    (URL.canParse(value) && /^rediss?:$/.test(new URL(value).protocol) && /^(\/\d*)?$/.test(new URL(value).pathname)),
  { error: 'redis://user:password@host:6379/0, rediss:// for TLS (or unset, for a single node)' },
);
