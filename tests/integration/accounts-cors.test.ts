import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATCH as changeRoute, GET as meRoute } from '@/app/api/me/route';
import { answerPreflight } from '@/lib/doors/rest/preflight';
import { env } from '@/lib/platform/env/env';
import { cast } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

const widget = 'https://widget.example';
const { ada } = await cast('ada');
const { token } = await tokenFor(ada);

beforeAll(() => void Object.assign(env(), { ALLOWED_ORIGINS: [widget] }));

describe("another page's bearer client", () => {
  it('may read and change when its origin is allowed, and may read the answer', async () => {
    const told = await ask(changeRoute, { method: 'PATCH', token, body: { statusText: 'From a widget' }, origin: widget });
    expect(told.status).toBe(200);
    expect(told.headers.get('access-control-allow-origin')).toBe(widget);
    expect(told.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('may read the reason for a refusal', async () => {
    const told = await ask(meRoute, { origin: widget });
    expect(told.status).toBe(401);
    expect(told.headers.get('access-control-allow-origin')).toBe(widget);
  });

  it('changes nothing from any other origin, even with a good token, and cannot read the answer', async () => {
    const told = await ask(changeRoute, {
      method: 'PATCH',
      token,
      body: { statusText: 'Evil' },
      origin: 'https://evil.example',
    });
    expect(told).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
    expect(told.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('a preflight', () => {
  const server = createServer((request, response) => {
    if (!answerPreflight(request, response)) response.writeHead(418).end();
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const preflight = (origin: string, path = '/api/me') =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'PATCH' },
    });

  it('is granted to an allowed origin, without credentials', async () => {
    const { status, headers } = await preflight(widget);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(widget);
    expect(headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('is refused to any other origin', async () => {
    const { status, headers } = await preflight('https://evil.example');
    expect(status).toBe(403);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it('for a page is passed on unanswered', async () => {
    expect((await preflight(widget, '/sign-in')).status).toBe(418);
  });
});
