import { handleNextAuth } from '@/lib/doors/auth/next-auth';

/** Keeps cookies and sends an origin like a browser, and calls next-auth's endpoints like the sign-in page. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(readonly origin = 'http://localhost:3000') {}

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(path: string): Promise<Response> {
    return this.send(path, { method: 'GET' });
  }

  /** Posts a form like next-auth's client: with its CSRF token, accepting JSON. */
  async post(path: string, form: Record<string, string>, origin = this.origin): Promise<Response> {
    const { csrfToken } = (await (await this.get('csrf')).json()) as { csrfToken: string };
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      body: new URLSearchParams({ csrfToken, json: 'true', callbackUrl: this.origin, ...form }).toString(),
    });
  }

  signIn(email: string, password: string): Promise<Response> {
    return this.post('callback/credentials', { email, password });
  }

  /** Follows a redirect of next-auth or a provider. */
  async send(path: string, init: RequestInit): Promise<Response> {
    const url = new URL(`/api/auth/${path}`, this.origin);
    const headers = { host: url.host, 'x-parley-address': '127.0.0.1', cookie: this.cookieHeader, ...init.headers };
    const segments = url.pathname.slice('/api/auth/'.length).split('/');
    const response = await handleNextAuth(new Request(url, { ...init, headers }), segments);
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
