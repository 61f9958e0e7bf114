import * as nextAuth from 'next-auth';
import { knownDeviceCookie } from '@/lib/doors/auth/known-device';
import { nextAuthOptions } from '@/lib/doors/auth/next-auth-options';
import { readNextAuthRequest } from '@/lib/doors/auth/next-auth-request';
import { refusal } from '@/lib/doors/rest/answer';
import { publicUrl } from '@/lib/platform/env/env';
import { rejectForeign } from '@/lib/platform/http/origin';

/**
 * Runs next-auth's endpoints with the checks of other routes: the Origin, because an unwanted sign-in is a change too, and the
 * size of the body.
 * @param path the segments after /api/auth/
 */
export async function handleNextAuth(request: Request, path: string[]): Promise<Response> {
  try {
    rejectForeign(request);
    // Redirects now use our own address, whatever the Host header is.
    process.env.NEXTAUTH_URL = publicUrl();
    return await respond(request, path);
  } catch (error) {
    return refusal(error);
  }
}

/** next-auth needs a Node-style request and response, but uses only these methods. */
async function respond(request: Request, path: string[]): Promise<Response> {
  const answer = new AnswerCollector();
  const cookies: string[] = [];
  const options = nextAuthOptions(request, (email) => cookies.push(knownDeviceCookie(request.headers.get('cookie'), email)));
  await handler((await readNextAuthRequest(request, path)) as never, answer as never, options);
  const response = answer.toResponse();
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie);
  return response;
}

class AnswerCollector {
  #code = 200;
  #body: string | null = null;
  readonly #headers = new Map<string, string | string[]>([['cache-control', 'private, no-store']]);

  status(code: number): this {
    this.#code = code;
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name.toLowerCase());
  }

  setHeader(name: string, value: string | string[]): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }

  json(data: unknown): void {
    this.setHeader('content-type', 'application/json');
    this.#body = JSON.stringify(data);
  }

  send(data: unknown): void {
    if (typeof data === 'object' && data !== null) this.json(data);
    else if (data !== undefined) this.#body = String(data);
  }

  end(): void {}

  toResponse(): Response {
    const headers = new Headers();
    for (const [name, value] of this.#headers) for (const each of [value].flat()) headers.append(name, each);
    return new Response(this.#body, { status: this.#code, headers });
  }
}

// The default export of a CommonJS module, as Node and as a bundler return it.
type Handler = typeof nextAuth.default;
const exported = nextAuth.default as Handler | { default: Handler };
const handler: Handler = 'default' in exported ? exported.default : exported;
