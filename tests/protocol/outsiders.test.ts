import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, call, group, person, refused, say } from '@/tests/protocol/support/rest';

let ada: Client;
let grace: Client;
let mallory: Client;
let conversationId: string;
let messageId: string;
let uploadId: string;

beforeAll(async () => {
  [ada, grace, mallory] = await Promise.all([person('Ada'), person('Grace'), person('Mallory')]);
  conversationId = (await group(ada, [grace])).id;
  const form = new FormData();
  form.set('file', new Blob(['minutes of the meeting']), 'minutes.txt');
  uploadId = (await ada.post('/api/uploads', form)).data.attachment.id;
  messageId = (await say(ada, conversationId, 'For us only', { attachmentIds: [uploadId] })).id;
});

const doors: [method: string, path: () => string, body?: object][] = [
  ['GET', () => `/api/conversations/${conversationId}`],
  ['PATCH', () => `/api/conversations/${conversationId}`, { name: 'Mine now' }],
  ['DELETE', () => `/api/conversations/${conversationId}`],
  ['PATCH', () => `/api/conversations/${conversationId}/me`, { notify: 'none' }],
  ['GET', () => `/api/conversations/${conversationId}/messages`],
  ['GET', () => `/api/conversations/${conversationId}/messages?around=${messageId}`],
  ['GET', () => `/api/conversations/${conversationId}/changes?since=0`],
  ['POST', () => `/api/conversations/${conversationId}/messages`, { content: 'hello' }],
  ['PATCH', () => `/api/conversations/${conversationId}/messages/${messageId}`, { content: 'changed' }],
  ['DELETE', () => `/api/conversations/${conversationId}/messages/${messageId}`],
  ['PUT', () => `/api/conversations/${conversationId}/messages/${messageId}/reactions/${encodeURIComponent('👍')}`],
  ['DELETE', () => `/api/conversations/${conversationId}/messages/${messageId}/reactions/${encodeURIComponent('👍')}`],
  ['PUT', () => `/api/conversations/${conversationId}/pins/${messageId}`],
  ['DELETE', () => `/api/conversations/${conversationId}/pins/${messageId}`],
  ['GET', () => `/api/conversations/${conversationId}/pins`],
  ['PUT', () => `/api/conversations/${conversationId}/read`, { seq: 1 }],
  ['PUT', () => `/api/conversations/${conversationId}/unread`, { seq: 1 }],
  ['GET', () => `/api/conversations/${conversationId}/participants`],
  ['POST', () => `/api/conversations/${conversationId}/participants`, { userIds: ['00000000-0000-7000-8000-000000000000'] }],
  ['PATCH', () => `/api/conversations/${conversationId}/participants/${grace.id}`, { role: 'admin' }],
  ['DELETE', () => `/api/conversations/${conversationId}/participants/${grace.id}`],
  ['PUT', () => `/api/conversations/${conversationId}/participants/me`],
  ['GET', () => `/api/uploads/${uploadId}`],
  ['GET', () => `/api/messages/conversations/${conversationId}`],
  ['PUT', () => `/api/messages/conversations/${conversationId}/read`, {}],
  ['POST', () => '/api/messages/send', { messageText: 'hello' }],
];

describe('An outsider', () => {
  for (const [method, path, body] of doors) {
    const name = `${method} ${path.toString().replace(/^\(\) => [`']|[`']$/g, '')}`;
    it(`gets NOT_FOUND from ${name}, as for an unknown id`, async () => {
      const sent = path().endsWith('/send') ? { ...body, conversationId } : body;
      refused(await call(method, path(), sent, mallory.token), 404, 'NOT_FOUND');
      const elsewhere = path().replaceAll(conversationId, '01990000-0000-7000-8000-000000000000');
      const absent = path().endsWith('/send') ? { ...body, conversationId: '01990000-0000-7000-8000-000000000000' } : sent;
      if (elsewhere !== path() || absent !== sent)
        refused(await call(method, elsewhere, absent, mallory.token), 404, 'NOT_FOUND');
    });

    it(`cannot call ${name} unauthenticated either`, async () => {
      refused(await call(method, path(), body), 401, 'UNAUTHENTICATED');
    });
  }

  it('changed nothing by all these calls', async () => {
    const page = await grace.get(`/api/conversations/${conversationId}/messages`);
    const said = page.data.messages.filter((message: { type: string }) => message.type !== 'system');
    expect(said.map((message: { content: string }) => message.content)).toEqual(['For us only']);
    expect(said[0]).toMatchObject({ reactions: [], pinnedAt: null });
    const { conversation } = (await grace.get(`/api/conversations/${conversationId}`)).data;
    expect(conversation).toMatchObject({ name: 'Design', participantCount: 2 });
  });

  it('cannot get a file that a member gets', async () => {
    expect((await grace.get(`/api/uploads/${uploadId}`)).status).toBe(200);
  });

  it('cannot reach a message through a conversation of their own', async () => {
    const own = await group(mallory, []);
    const path = `/api/conversations/${own.id}/messages/${messageId}`;
    refused(await mallory.patch(path, { content: 'x' }), 404, 'NOT_FOUND');
    refused(await mallory.delete(path), 404, 'NOT_FOUND');
    refused(await mallory.put(`/api/conversations/${own.id}/pins/${messageId}`), 404, 'NOT_FOUND');
    refused(await mallory.delete(`/api/conversations/${own.id}/pins/${messageId}`), 404, 'NOT_FOUND');
    refused(await mallory.get(`/api/conversations/${own.id}/messages?around=${messageId}`), 404, 'NOT_FOUND');
    refused(
      await mallory.post(`/api/conversations/${own.id}/messages`, { content: 'x', replyToId: messageId }),
      404,
      'NOT_FOUND',
    );
    refused(
      await mallory.post(`/api/conversations/${own.id}/messages`, { content: 'x', attachmentIds: [uploadId] }),
      404,
      'NOT_FOUND',
    );
  });
});
