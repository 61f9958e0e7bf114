import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Operation, scopes } from '@/lib/domain/operation';
import { type OperationName, operations } from '@/lib/domain/operations';
import type { OperationHandler } from '@/lib/doors/rest/rest';
import type { RouteTerms } from '@/lib/doors/rest/route';
import { routeFiles } from '@/lib/doors/rest/route-files';
import type { Method, RouteModule } from '@/lib/doors/rest/routing';
import { table } from '@/lib/doors/sockets/table';
import { rateLimits } from '@/lib/platform/rate-limits/rates';
import { restAnswers } from '@/tests/support/answers';
import { existingRoutes } from '@/tests/support/wire';

/** Handlers that are not operations, with the reason. */
const noOperation: Record<string, string> = {
  'POST /api/auth/register': 'Nobody is signed in yet.',
  'POST /api/auth/token': 'Nobody is signed in yet.',
  'POST /api/auth/token/refresh': 'The refresh token says who it is, and comes as a cookie.',
  'POST /api/auth/token/revoke': 'The refresh token says who it is, and comes as a cookie.',
  'POST /api/uploads': 'Takes a stream of multipart.',
  'GET /api/uploads/:id': 'Answers with a stream of bytes.',
  'GET /api/uploads/:id/thumbnail': 'Answers with a stream of bytes.',
  'GET /api/uploads/:id/picture': 'Answers with a stream of bytes.',
  'GET /api/health/live': 'For machines: nobody is signed in.',
  'GET /api/health/ready': 'For machines: nobody is signed in.',
  'GET /api/metrics': 'For machines: nobody is signed in.',
};

/** Answers that have another shape by REST: none, or what older clients expect. */
const otherAnswers = ['DELETE /api/conversations/:id/messages/:messageId', 'POST /api/messages/send'];

type Exported = Partial<OperationHandler & RouteTerms>;

const handlers = new Map<string, Exported>();
for (const file of routeFiles('app')) {
  const routes: RouteModule = await import(`@/${file}`);
  const path = file.slice('app'.length, -'/route.ts'.length).replace(/\[(\w+)\]/g, ':$1');
  for (const [method, handler] of Object.entries(routes))
    if (handler) handlers.set(`${method as Method} ${path}`, handler as Exported);
}

const entries = Object.entries<Operation>(operations);
const atRest = new Set([...handlers.values()].flatMap(({ operation }) => operation ?? []));

describe.each(entries)('%s', (name, { input, answer, limit, scope, restOnly, socketOnly }) => {
  test('has an input, an answer, a limit and a scope', () => {
    expect([input, answer]).toEqual([expect.any(z.ZodType), expect.any(z.ZodType)]);
    expect(scopes).toContain(scope);
    const kind = typeof limit === 'object' ? limit.byVerb : limit;
    expect(typeof kind === 'function' || kind in rateLimits()).toBe(true);
  });

  test('is at both doors, or says why it is at one alone', () => {
    expect(restOnly === undefined || socketOnly === undefined).toBe(true);
    expect(atRest.has(name as OperationName)).toBe(socketOnly === undefined);
    expect(name in table).toBe(restOnly === undefined);
    for (const reason of [restOnly, socketOnly]) if (reason !== undefined) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});

describe('routes', () => {
  const signedIn = existingRoutes().filter((route) => !(route in noOperation));

  test('are one operation each, or say why not', () => {
    expect(signedIn.length).toBeGreaterThan(30);
    expect(signedIn.filter((route) => !handlers.get(route)?.operation)).toEqual([]);
    expect(Object.keys(noOperation).filter((route) => !handlers.has(route) || handlers.get(route)?.operation)).toEqual([]);
  });

  test('of signed-in people without an operation have a limit and a scope', () => {
    const uploads = Object.keys(noOperation).filter((route) => route.includes('/api/uploads'));
    expect(uploads).toHaveLength(4);
    for (const route of uploads) {
      const { limit, scope } = handlers.get(route) ?? {};
      expect(scopes).toContain(scope);
      expect(typeof limit === 'object' ? limit.byVerb : limit).toBe(route.startsWith('POST') ? 'upload' : 'other');
    }
  });

  test('answer like their operation', () => {
    const answers = signedIn.filter((route) => restAnswers[route] && !otherAnswers.includes(route));
    expect(answers.length).toBeGreaterThan(25);
    for (const route of answers) {
      const { operation } = handlers.get(route) ?? {};
      expect(operation && operations[operation].answer, route).toBe(restAnswers[route]);
    }
  });
});

test('a request by socket has the terms of its operation', () => {
  for (const [name, { limit, lane, answer }] of Object.entries(table)) {
    const entry: Operation | undefined = operations[name as OperationName];
    if (!entry) expect(['joinConversation', 'leaveConversation']).toContain(name);
    else {
      expect({ limit, lane }).toEqual({ limit: entry.limit, lane: entry.lane });
      expect(answer === entry.answer || name === 'message.send').toBe(true);
    }
  }
});
