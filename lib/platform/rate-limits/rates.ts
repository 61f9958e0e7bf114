import { type Env, env } from '@/lib/platform/env/env';
import type { Rate } from '@/lib/platform/env/values';

export type { Rate } from '@/lib/platform/env/values';
export type RateKind =
  | 'message'
  | 'upload'
  | 'group'
  | 'typing'
  | 'search'
  | 'other'
  | 'signin'
  | 'signinAddress'
  | 'signinAccount'
  | 'register';

const standard: Record<RateKind, Rate> = {
  message: { count: 60, seconds: 60 },
  upload: { count: 20, seconds: 300 },
  group: { count: 10, seconds: 3_600 },
  typing: { count: 60, seconds: 60 },
  search: { count: 120, seconds: 60 },
  other: { count: 600, seconds: 60 },
  signin: { count: 10, seconds: 300 },
  signinAddress: { count: 100, seconds: 300 },
  signinAccount: { count: 100, seconds: 300 },
  register: { count: 20, seconds: 3_600 },
};

const strict: Partial<Record<RateKind, Rate>> = {
  message: { count: 10, seconds: 60 },
  upload: { count: 5, seconds: 300 },
  group: { count: 3, seconds: 3_600 },
  typing: { count: 30, seconds: 60 },
};

/** The rate of each kind: single settings take precedence over the preset, and the preset over the defaults. */
export function rateLimits(settings: Env = env()): Record<RateKind, Rate> {
  const base = settings.RATE_LIMIT_PRESET === 'strict' ? { ...standard, ...strict } : standard;
  return {
    message: settings.RATE_LIMIT_MESSAGE ?? base.message,
    upload: settings.RATE_LIMIT_UPLOAD ?? base.upload,
    group: settings.RATE_LIMIT_GROUP ?? base.group,
    typing: settings.RATE_LIMIT_TYPING ?? base.typing,
    search: settings.RATE_LIMIT_SEARCH ?? base.search,
    other: settings.RATE_LIMIT_OTHER ?? base.other,
    signin: settings.RATE_LIMIT_SIGNIN ?? base.signin,
    signinAddress: settings.RATE_LIMIT_SIGNIN ?? base.signinAddress,
    signinAccount: tenfold(settings.RATE_LIMIT_SIGNIN) ?? base.signinAccount,
    register: settings.RATE_LIMIT_REGISTER ?? base.register,
  };
}

/** For all addresses together. With the same count, ten failures from one address would lock out all others. */
const tenfold = (rate: Rate | undefined): Rate | undefined => rate && { ...rate, count: rate.count * 10 };
