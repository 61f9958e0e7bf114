import type { WireError } from '@/lib/platform/errors/schema';

/** What went wrong at the door, by field; `form` is about none in particular. */
export type Problems = Partial<Record<'name' | 'email' | 'password' | 'invite' | 'setupCode' | 'form', string>>;

/** Signs this browser in. @returns null when it is in, else what to say */
export async function signIn(email: string, password: string): Promise<Problems | null> {
  return atTheDoor(async () => {
    const response = await postForm('/api/auth/callback/credentials', { email, password });
    const body = await readJson(response);
    const error = body.error ?? (body.url ? new URL(body.url, location.href).searchParams.get('error') : null);
    if (response.ok && !error) return null;
    return refusal(response, error);
  });
}

export async function register(input: Record<string, string>): Promise<Problems | null> {
  return atTheDoor(async () => {
    const response = await fetch('/api/auth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (response.ok) return null;
    const { error } = await readJson(response);
    return refusal(response, error ?? null);
  });
}

/** Goes to the provider's own page. */
export async function signInWith(provider: string, next: string): Promise<Problems | null> {
  return atTheDoor(async () => {
    const response = await postForm(`/api/auth/signin/${provider}`, { callbackUrl: next });
    const { url } = await readJson(response);
    if (!response.ok || !url) return { form: 'That provider cannot be reached right now.' };
    location.assign(url);
    return null;
  });
}

export async function signOut(): Promise<void> {
  const problem = await atTheDoor(async () => {
    await postForm('/api/auth/signout', {});
    return null;
  });
  if (problem) throw new Error(problem.form);
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

async function atTheDoor(work: () => Promise<Problems | null>): Promise<Problems | null> {
  try {
    return await work();
  } catch {
    return { form: 'Parley cannot be reached. Check your connection and try again.' };
  }
}

function refusal(response: Response, error: WireError | string | null): Problems {
  const known = typeof error === 'string' ? fromText(error) : error;
  if (known?.code === 'RATE_LIMIT_EXCEEDED' || response.status === 429)
    return { form: `Too many tries. ${wait(known?.retryAfter)}` };
  if (known?.code === 'UNAVAILABLE' || response.status >= 500)
    return { form: 'Parley is not quite awake. Try again in a moment.' };
  if (known?.code === 'CONFLICT') return { email: 'There is already an account with this address. Sign in instead?' };
  if (known?.fields) return known.fields;
  if (known?.code === 'FORBIDDEN') return { form: known.message };
  if (known?.code === 'UNAUTHENTICATED' || response.status === 401) return { form: 'That e-mail and password do not match.' };
  return { form: known?.message ?? 'That did not work. Try again.' };
}

/** next-auth hands an error on as text in a URL: a code, or a whole wire error as JSON. */
function fromText(text: string): WireError | null {
  try {
    return JSON.parse(text) as WireError;
  } catch {
    const [code, seconds] = text.split(':');
    if (code === 'RATE_LIMIT_EXCEEDED') return { code, message: '', retryAfter: Number(seconds) || undefined };
    return { code: code === 'UNAVAILABLE' ? code : 'UNAUTHENTICATED', message: '' };
  }
}

function wait(seconds: number | undefined): string {
  if (!seconds) return 'Wait a few minutes and try again.';
  if (seconds < 90) return `Try again in ${Math.ceil(seconds)} seconds.`;
  return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}
