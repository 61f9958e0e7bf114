import * as nextAuth from 'next-auth';
import { parseCookies } from '@/lib/auth/cookies';
import { nextAuthOptions } from '@/lib/auth/next-auth-options';
import { publicUrl } from '@/lib/env/env';
import { invalid, notFound } from '@/lib/errors/error';
import { refusal } from '@/lib/rest/answer';
import { readText } from '@/lib/rest/body';
import { refuseForeign } from '@/lib/rest/origin';

const actions = ['signin', 'signout', 'callback', 'session', 'csrf', 'providers', 'error'];

/**
 * next-auth's endpoints as a plain function of a request, with what the other routes have too: the Origin check (signing
 * somebody in unasked is a change as well) and a bounded body. @param path what follows /api/auth/
 */
export async function handleNextAuth(request: Request, path: string[]): Promise<Response> {
  try {
    refuseForeign(request);
    if (!actions.includes(path[0] ?? '')) throw notFound();
    // From here on redirects follow our own address, whatever a Host header says.
    process.env.NEXTAUTH_URL = publicUrl();
    const body = request.method === 'POST' ? await readForm(request) : undefined;
    return await respond(request, path, body);
  } catch (error) {
    return refusal(error);
  }
}

async function readForm(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request);
  if (!request.headers.get('content-type')?.includes('application/json')) return Object.fromEntries(new URLSearchParams(text));
  try {
    const body: unknown = JSON.parse(text || '{}');
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // falls through to the refusal
  }
  throw invalid({ body: 'Not JSON.' });
}

/** next-auth speaks to a Node-style request and response: these few methods are all it uses of them. */
async function respond(request: Request, path: string[], body: Record<string, unknown> | undefined): Promise<Response> {
  const answer = new AnswerCollector();
  const incoming = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: parseCookies(request.headers.get('cookie')),
    query: { ...Object.fromEntries(new URL(request.url).searchParams), nextauth: path },
    body,
  };
  await handler(incoming as never, answer as never, nextAuthOptions(request));
  return answer.toResponse();
}

class AnswerCollector {
  private code = 200;
  private body: string | null = null;
  private readonly headers = new Map<string, string | string[]>([['cache-control', 'private, no-store']]);

  status(code: number): this {
    this.code = code;
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase());
  }

  setHeader(name: string, value: string | string[]): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }

  json(data: unknown): void {
    this.setHeader('content-type', 'application/json');
    this.body = JSON.stringify(data);
  }

  send(data: unknown): void {
    if (typeof data === 'object' && data !== null) this.json(data);
    else if (data !== undefined) this.body = String(data);
  }

  end(): void {}

  toResponse(): Response {
    const headers = new Headers();
    for (const [name, value] of this.headers) for (const each of [value].flat()) headers.append(name, each);
    return new Response(this.body, { status: this.code, headers });
  }
}

// A CommonJS module's default, as Node hands it out and as a bundler does.
type Handler = typeof nextAuth.default;
const exported = nextAuth.default as Handler | { default: Handler };
const handler: Handler = 'default' in exported ? exported.default : exported;
