import { expect, test } from 'vitest';
import * as me from '@/app/api/conversations/[id]/me/route';
import * as participant from '@/app/api/conversations/[id]/participants/[userId]/route';
import * as participants from '@/app/api/conversations/[id]/participants/route';
import * as conversation from '@/app/api/conversations/[id]/route';
import * as publicGroups from '@/app/api/conversations/public/route';
import * as conversations from '@/app/api/conversations/route';
import * as olderPage from '@/app/api/messages/conversations/[id]/route';
import * as olderList from '@/app/api/messages/conversations/route';
import { signAccessToken } from '@/lib/domain/accounts/access-token';
import { openSession } from '@/lib/domain/sessions/session';
import { makeGroup, say, team } from '@/tests/support/groups';
import type { Person } from '@/tests/support/people';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Calls a route with a token; `query` goes into the URL, `body` is sent as JSON. */
async function callerOf(person: Person) {
  const session = await openSession(person.id, { device: 'Test', address: '127.0.0.1' });
  const { token } = await signAccessToken(person.id, session.id);
  return async (handler: Handler, params: Record<string, string> = {}, body?: unknown, query = '') => {
    const request = new Request(`http://parley.test/${query}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const response = await handler(request, { params: Promise.resolve(params) });
    const text = await response.text();
    return { status: response.status, data: text === '' ? null : JSON.parse(text) };
  };
}

test('creating answers 201, an existing one 200, deleting 204', async () => {
  const { ada, grace } = await team();
  const call = await callerOf(ada);
  const direct = { kind: 'direct', userId: grace.id };
  expect(await call(conversations.POST, {}, direct)).toMatchObject({ status: 201, data: { conversation: { kind: 'direct' } } });
  expect(await call(conversations.POST, {}, direct)).toMatchObject({ status: 200 });
  const made = await call(conversations.POST, {}, { kind: 'group', name: ' Compilers ' });
  expect(made).toMatchObject({ status: 201, data: { conversation: { name: 'Compilers', me: { role: 'admin' } } } });

  const { id } = made.data.conversation;
  const add = { userIds: [grace.id] };
  expect(await call(participants.POST, { id }, add)).toMatchObject({
    status: 201,
    data: { conversation: { id }, participants: [{ user: { id: grace.id } }] },
  });
  expect(await call(participants.POST, { id }, add)).toMatchObject({ status: 200 });
  const promoted = await call(participant.PATCH, { id, userId: grace.id }, { role: 'admin' });
  expect(promoted).toMatchObject({ status: 200, data: { participant: { role: 'admin' } } });
  expect(await call(me.PATCH, { id }, { draft: 'x' })).toMatchObject({
    status: 200,
    data: { conversation: { me: { draft: 'x' } } },
  });
  expect(await call(conversation.PATCH, { id }, { name: 'Linkers' })).toMatchObject({
    data: { conversation: { name: 'Linkers' } },
  });
  for (let time = 0; time < 2; time += 1) {
    expect((await call(participant.DELETE, { id, userId: grace.id })).status).toBe(204);
  }
  for (let time = 0; time < 2; time += 1) expect((await call(conversation.DELETE, { id })).status).toBe(204);
  expect((await call(conversation.GET, { id })).status).toBe(404);
});

test('me stands for yourself: joining and leaving a public group', async () => {
  const { ada, grace } = await team();
  const { id } = await makeGroup(ada, [], { visibility: 'public' });
  const call = await callerOf(grace);
  const myself = { id: id.toUpperCase(), userId: 'me' };
  expect(await call(participant.PUT, myself)).toMatchObject({ status: 201, data: { participant: { user: { id: grace.id } } } });
  expect(await call(participant.PUT, myself)).toMatchObject({ status: 200 });
  expect((await call(participant.PUT, { id, userId: ada.id })).status).toBe(404);
  for (let time = 0; time < 2; time += 1) expect((await call(participant.DELETE, myself)).status).toBe(204);
});

test('older clients’ paths answer like their successors', async () => {
  const { ada } = await team();
  const call = await callerOf(ada);
  const { id } = await makeGroup(ada);
  await say(ada, id, 'Still here');
  expect(await call(olderList.GET)).toEqual(await call(conversations.GET));
  const page = await call(olderPage.GET, { id }, undefined, '?limit=1');
  expect(page).toMatchObject({ status: 200, data: { messages: [{ content: 'Still here' }], nextCursor: null } });
});

test('an invalid id in a path is NOT_FOUND, and an invalid field is named', async () => {
  const { ada } = await team();
  const call = await callerOf(ada);
  expect((await call(conversation.GET, { id: 'public-ish' })).status).toBe(404);
  expect((await call(participant.DELETE, { id: 'x', userId: 'me' })).status).toBe(404);
  const bad: [Handler, unknown, string][] = [
    [conversations.POST, { kind: 'direct', userId: 'x' }, 'userId'],
    [conversations.POST, { kind: 'group', name: '  ' }, 'name'],
    [conversations.POST, { kind: 'group', name: 'a\u0000b' }, 'name'],
    [conversations.POST, { kind: 'channel' }, 'kind'],
    [conversations.GET, undefined, 'limit'],
    [publicGroups.GET, undefined, 'limit'],
  ];
  for (const [handler, body, field] of bad) {
    const { status, data } = await call(handler, {}, body, '?limit=0');
    expect([status, data.error?.code, Object.keys(data.error?.fields ?? {})]).toEqual([400, 'VALIDATION_FAILED', [field]]);
  }
});
