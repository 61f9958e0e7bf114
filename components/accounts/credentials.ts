import { ApiError } from '@/client/api/api';
import { createProblems, sayRefusal } from '@/client/intl/problems';
import { type Translator, useTranslations } from '@/client/intl/translations';
import type { WireError } from '@/lib/platform/errors/schema';

/** The problems of a sign-in or registration, by field; `form` belongs to no field. */
export type Problems = Partial<Record<'name' | 'email' | 'password' | 'invite' | 'setupCode' | 'form', string>>;

/** The translators for the problems. */
export interface Words {
  accounts: Translator<'accounts'>;
  errors: Translator<'errors'>;
}

export function useWords(): Words {
  return { accounts: useTranslations('accounts'), errors: useTranslations('errors') };
}

/**
 * Signs this browser in.
 * @returns null on success, otherwise the problems
 */
export async function signIn(email: string, password: string, words: Words): Promise<Problems | null> {
  return atTheDoor(words, async () => {
    const response = await postForm('/api/auth/callback/credentials', { email, password });
    const body = await readJson(response);
    const error = body.error ?? (body.url ? new URL(body.url, location.href).searchParams.get('error') : null);
    if (response.ok && !error) return null;
    return refusal(response, error, words);
  });
}

export async function register(input: Record<string, string>, words: Words): Promise<Problems | null> {
  return atTheDoor(words, async () => {
    const response = await fetch('/api/auth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (response.ok) return null;
    const { error } = await readJson(response);
    return refusal(response, error ?? null, words);
  });
}

/** Opens the provider's own page. */
export async function signInWith(provider: string, next: string, words: Words): Promise<Problems | null> {
  return atTheDoor(words, async () => {
    const response = await postForm(`/api/auth/signin/${provider}`, { callbackUrl: next });
    const { url } = await readJson(response);
    if (!response.ok || !url) return { form: words.accounts('problems.providerAway') };
    location.assign(url);
    return null;
  });
}

/** Signs this browser out. It throws when the server cannot be reached. */
export async function signOut(): Promise<void> {
  await postForm('/api/auth/signout', {});
  location.assign('/sign-in');
}

interface Answered {
  url?: string;
  error?: WireError | string;
  csrfToken?: string;
}

async function postForm(path: string, fields: Record<string, string>): Promise<Response> {
  const { csrfToken = '' } = await readJson(await fetch('/api/auth/csrf'));
  return fetch(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) });
}

async function readJson(response: Response): Promise<Answered> {
  return (await response.json().catch(() => ({}))) as Answered;
}

async function atTheDoor({ accounts }: Words, work: () => Promise<Problems | null>): Promise<Problems | null> {
  try {
    return await work();
  } catch {
    return { form: accounts('problems.unreachable') };
  }
}

function refusal(response: Response, error: WireError | string | null, { accounts, errors }: Words): Problems {
  const known = typeof error === 'string' ? fromText(error) : error;
  if (known?.code === 'RATE_LIMIT_EXCEEDED' || response.status === 429) return { form: wait(known?.retryAfter, accounts) };
  if (known?.code === 'UNAVAILABLE' || response.status >= 500) return { form: accounts('problems.asleep') };
  if (known?.code === 'CONFLICT') return { email: accounts('problems.emailTaken') };
  if (known?.fields) return createProblems(errors).fields(new ApiError(known));
  if (known?.code === 'FORBIDDEN') return { form: sayRefusal(known, errors) };
  if (known?.code === 'UNAUTHENTICATED' || response.status === 401) return { form: accounts('problems.wrong') };
  return { form: known ? sayRefusal(known, errors) : accounts('problems.failed') };
}

/** next-auth passes an error on as text in a URL: a code, or a whole wire error as JSON. */
function fromText(text: string): WireError | null {
  try {
    return JSON.parse(text) as WireError;
  } catch {
    const [code, seconds] = text.split(':');
    if (code === 'RATE_LIMIT_EXCEEDED') return { code, message: '', retryAfter: Number(seconds) || undefined };
    return { code: code === 'UNAVAILABLE' ? code : 'UNAUTHENTICATED', message: '' };
  }
}

function wait(seconds: number | undefined, t: Translator<'accounts'>): string {
  if (!seconds) return t('problems.tooManyTries');
  if (seconds < 90) return t('problems.tooManyTriesSeconds', { count: Math.ceil(seconds) });
  return t('problems.tooManyTriesMinutes', { count: Math.ceil(seconds / 60) });
}
