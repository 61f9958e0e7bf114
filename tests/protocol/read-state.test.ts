import { expect, it } from 'vitest';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { type Client, call, group, person, refused, say } from '@/tests/protocol/support/rest';

async function unread(reader: Client): Promise<Record<string, number | undefined>> {
  const { conversations } = (await reader.get('/api/conversations')).data;
  return Object.fromEntries(conversations.map(({ id, me }: Conversation) => [id, me?.unreadCount]));
}

async function stage() {
  const [ada, grace] = await Promise.all([person('Ada'), person('Grace')]);
  const [first, second] = [(await group(ada, [grace])).id, (await group(ada, [grace])).id];
  for (const id of [first, first, second]) await say(ada, id, 'Hello');
  return { ada, grace, first, second };
}

it('marks all conversations as read, and undoes it once and again', async () => {
  const { grace, first, second } = await stage();
  expect(await unread(grace)).toEqual({ [first]: 2, [second]: 1 });
  const { status, data } = await grace.post('/api/me/read', { all: true });
  expect(status).toBe(200);
  expect(await unread(grace)).toEqual({ [first]: 0, [second]: 0 });
  const undo = () => grace.post(`/api/me/read/${data.undo}/undo`);
  const undone = await undo();
  expect([undone.status, undone.data.conversationIds.toSorted()]).toEqual([200, [first, second].toSorted()]);
  expect(await unread(grace)).toEqual({ [first]: 2, [second]: 1 });
  expect(await undo()).toMatchObject({ status: 200, data: { conversationIds: [] } });
});

it('marks only the named conversations', async () => {
  const { grace, first, second } = await stage();
  expect((await grace.post('/api/me/read', { conversationIds: [first] })).status).toBe(200);
  expect(await unread(grace)).toEqual({ [first]: 0, [second]: 1 });
});

it('refuses what names neither or both, what is too much, and who is not signed in', async () => {
  const { grace, first } = await stage();
  for (const wrong of [
    {},
    { all: false },
    { all: true, conversationIds: [first] },
    { conversationIds: [] },
    { conversationIds: ['x'] },
  ])
    refused(await grace.post('/api/me/read', wrong), 400, 'VALIDATION_FAILED');
  refused(await call('POST', '/api/me/read', { all: true }), 401, 'UNAUTHENTICATED');
});

it('lets nobody undo for somebody else, and an unknown undo is NOT_FOUND', async () => {
  const { ada, grace } = await stage();
  const { undo } = (await grace.post('/api/me/read', { all: true })).data;
  refused(await ada.post(`/api/me/read/${undo}/undo`), 404, 'NOT_FOUND');
  refused(await grace.post('/api/me/read/01990000-0000-7000-8000-000000000000/undo'), 404, 'NOT_FOUND');
  refused(await grace.post('/api/me/read/x/undo'), 404, 'NOT_FOUND');
  refused(await call('POST', `/api/me/read/${undo}/undo`), 401, 'UNAUTHENTICATED');
});
