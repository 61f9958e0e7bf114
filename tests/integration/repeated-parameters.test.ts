import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { GET as picture } from '@/app/api/uploads/[id]/picture/route';
import type { Operation } from '@/lib/domain/operation';
import { operations } from '@/lib/domain/operations';
import type { OperationHandler } from '@/lib/doors/rest/rest';
import { routeFiles } from '@/lib/doors/rest/route-files';
import type { RouteModule } from '@/lib/doors/rest/routing';
import { insertGroup } from '@/tests/support/conversations';
import { cast } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { indexAll } from '@/tests/support/search';
import { tokenFor } from '@/tests/support/sockets';
import { say } from '@/tests/support/talk';

const { ada, grace } = await cast('ada', 'grace');
const { token } = await tokenFor(ada);
const room = await insertGroup([ada, grace]);
const { id: messageId } = await say(ada, room, 'the only message');

/** Every query parameter of every GET route that takes one value, with a right value. */
const single: Record<string, Record<string, string>> = {
  '/api/users': { q: 'ada', cursor: '', limit: '5' },
  '/api/go': { q: 'ada', limit: '5' },
  '/api/search': {
    ...{
      q: 'only',
      conversationId: room,
      before: 'today',
      after: 'yesterday',
      tz: 'UTC',
      sort: 'best',
      cursor: '',
      limit: '5',
    },
  },
  '/api/conversations': { cursor: '', limit: '5' },
  '/api/conversations/public': { q: 'ada', cursor: '', limit: '5' },
  '/api/conversations/[id]/changes': { since: '0', limit: '5' },
  '/api/conversations/[id]/participants': { cursor: '', limit: '5' },
  '/api/conversations/[id]/files': { kind: 'image', cursor: '', limit: '5' },
  '/api/conversations/[id]/links': { cursor: '', limit: '5' },
  '/api/conversations/[id]/pins': { cursor: '', limit: '5' },
  '/api/conversations/[id]/messages': { before: messageId, after: messageId, around: messageId, limit: '5' },
};
/** Those that take several. */
const several: Record<string, Record<string, [string, string]>> = {
  '/api/search': { from: ['me', grace.id], has: ['link', 'reaction'], is: ['mention', 'unread'] },
};
/** Routes of older clients, which are those of another path. */
const same: Record<string, string> = {
  '/api/messages/conversations': '/api/conversations',
  '/api/messages/conversations/[id]': '/api/conversations/[id]/messages',
};

const handlers = new Map<string, OperationHandler>();
for (const file of routeFiles('app')) {
  const { GET } = (await import(`@/${file}`)) as RouteModule;
  if (GET && 'operation' in GET) handlers.set(file.slice('app'.length, -'/route.ts'.length), GET as OperationHandler);
}

function request(path: string, query: string) {
  const handler = handlers.get(path);
  if (!handler) throw new Error(`No route has the path ${path}.`);
  return ask(handler, {
    token,
    path: `${path.replace('[id]', room)}?${query}`,
    params: path.includes('[id]') ? { id: room } : {},
  });
}

test('the tables have every parameter of every GET route', () => {
  for (const [path, { operation }] of handlers) {
    const { shape } = (operations[operation] as Operation).input as z.ZodObject;
    const inPath = /\[id\]/.test(path) ? /^(\w+Id|id)$/ : /^$/;
    const fields = Object.keys(shape).filter((field) => !inPath.test(field));
    const known = same[path] ?? path;
    expect(Object.keys({ ...single[known], ...several[known] }).sort(), path).toEqual(fields.sort());
  }
});

const singles = Object.entries(single).flatMap(([path, values]) =>
  Object.entries(values).map(([name, value]) => [path, name, value] as const),
);

describe.each(singles)('GET %s?%s=', (path, name, value) => {
  test.runIf(value !== '')('is accepted once', async () => {
    const needed = path.endsWith('/changes') && name !== 'since' ? 'since=0&' : '';
    expect((await request(path, `${needed}${name}=${value}`)).status).toBe(200);
  });

  test.each([
    ['the same value', value || 'x'],
    ['another value', 'other'],
    ['no value', ''],
  ])('is refused with %s beside it', async (_, second) => {
    const { status, body } = await request(path, `${name}=${value || 'x'}&${name}=${second}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'VALIDATION_FAILED', fields: { [name]: expect.any(String) } });
  });
});

const lists = Object.entries(several).flatMap(([path, values]) =>
  Object.entries(values).map(([name, pair]) => [path, name, pair] as const),
);

test.each(lists)('GET %s?%s= takes all of its values, repeated or with commas', async (path, name, [one, other]) => {
  const answers = [];
  for (const query of [`${name}=${one}&${name}=${other}`, `${name}=${one},${other}`, `${name}=${one},&${name}=,${other}`])
    answers.push(await request(path, query));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(answers[1]?.body).toEqual(answers[0]?.body);
  expect(answers[2]?.body).toEqual(answers[0]?.body);
  const { status, body } = await request(path, `${name}=${one}&${name}=nonsense`);
  expect([status, Object.keys(body.error.fields)]).toEqual([400, [`${name}.1`]]);
});

test('a search for two kinds needs both, and for two authors takes either', async () => {
  await say(ada, room, 'a link: https://example.org');
  await say(grace, room, 'another link: https://example.org');
  await indexAll();
  const texts = async (query: string) =>
    (await request('/api/search', query)).body.results.map(({ message }: { message: { content: string } }) => message.content);
  expect(await texts('has=link')).toHaveLength(2);
  expect(await texts('has=link&has=reaction')).toEqual([]);
  expect(await texts('has=reaction&has=link')).toEqual([]);
  expect(await texts(`has=link&from=me&from=${grace.id}`)).toHaveLength(2);
  expect(await texts('has=link&from=me')).toEqual(['a link: https://example.org']);
});

test('a parameter that no route reads may be repeated, and a size of a picture may not', async () => {
  expect((await request('/api/users', 'x=1&x=2')).status).toBe(200);
  const { status, body } = await ask(picture, {
    token,
    path: '/api/uploads/x/picture?size=48&size=96',
    params: { id: messageId },
  });
  expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
});
