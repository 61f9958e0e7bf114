import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Message } from '@/lib/domain/messages/schema';
import { type Client, group, person, refused, say } from '@/tests/protocol/support/rest';
import { Client as Socket } from '@/tests/support/client';

let ada: Client;
let grace: Client;
let conversationId: string;
let socket: Socket;

beforeAll(async () => {
  [ada, grace] = await Promise.all([person('Ada'), person('Grace')]);
  conversationId = (await group(ada, [grace])).id;
  socket = await new Socket(inject('origin'), { token: grace.token }).connected();
});

const path = (messageId = '') => `/api/conversations/${conversationId}/pins${messageId && `/${messageId}`}`;

describe('Pinned messages', () => {
  it('are pinned and unpinned by REST, as often as one likes, and every member hears of it once', async () => {
    const { id } = await say(ada, conversationId, 'Keep this');
    const first = await ada.put(path(id));
    expect(first.status).toBe(200);
    expect(first.data.message).toMatchObject({ id, pinnedBy: { id: ada.id, name: ada.name, handle: ada.handle } });
    const heard = await socket.hear('message.updated', ({ message }) => message.id === id);
    expect(heard).toMatchObject({ change: 'pinned', pins: { count: 1, latest: { id } } });
    const again = await grace.put(path(id));
    expect([again.status, again.data]).toEqual([200, first.data]);
    const removed = await grace.delete(path(id));
    expect(removed.data.message).toMatchObject({ id, pinnedAt: null, pinnedBy: null });
    const gone = await socket.hear('message.updated', ({ message, change }) => message.id === id && change === 'unpinned');
    expect(gone.pins?.version).toBeGreaterThan(heard.pins?.version ?? 0);
    expect((await ada.delete(path(id))).data).toEqual(removed.data);
  });

  it('are pinned, listed and unpinned by socket as by REST', async () => {
    const { id } = await say(ada, conversationId, 'By socket');
    const { message } = await socket.ask('pin.add', { messageId: id });
    expect(message.pinnedBy?.id).toBe(grace.id);
    const listed = (await ada.get(`${path()}?limit=1`)).data;
    expect(listed.pins).toMatchObject([{ message: { id, pinnedAt: message.pinnedAt } }]);
    const { pins } = await socket.ask('conversation.pins', { conversationId, limit: 1 });
    expect(pins.map((pin) => pin.message.id)).toEqual([id]);
    expect((await socket.ask('pin.remove', { messageId: id })).message.pinnedAt).toBeNull();
    expect((await ada.get(path())).data).toEqual({ pins: [], nextCursor: null });
  });

  it('are part of the conversation and its list, and the system message names them', async () => {
    const { id } = await say(ada, conversationId, 'The plan');
    await ada.put(path(id));
    const { conversation } = (await grace.get(`/api/conversations/${conversationId}`)).data;
    expect(conversation).toMatchObject({ pins: { count: 1, latest: { id } }, me: { may: { pin: true } } });
    const { conversations } = (await grace.get('/api/conversations')).data;
    expect(conversations[0].pins).toEqual(conversation.pins);
    const { messages } = (await grace.get(`/api/conversations/${conversationId}/messages`)).data;
    const said = messages.findLast(({ type }: Message) => type === 'system');
    expect(said.metadata).toEqual({ action: 'pinned', actorId: ada.id, messageId: id });
    refused(await ada.put(path(said.id)), 403, 'FORBIDDEN');
    await ada.delete(`/api/conversations/${conversationId}/messages/${id}`);
    refused(await ada.put(path(id)), 409, 'CONFLICT');
    expect((await grace.get(path())).data.pins).toEqual([]);
  });

  it('have ids, limits and cursors that are judged as everywhere', async () => {
    refused(await ada.put(path('x')), 404, 'NOT_FOUND');
    refused(await ada.get(`${path()}?limit=0`), 400, 'VALIDATION_FAILED');
    refused(await ada.get(`${path()}?cursor=x`), 400, 'VALIDATION_FAILED');
  });
});
