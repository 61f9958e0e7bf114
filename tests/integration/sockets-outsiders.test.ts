import { expect, test } from 'vitest';
import { shapeForEverybody } from '@/lib/domain/conversations/shape';
import type { ClientRequests } from '@/lib/domain/requests';
import { chatRoom, membersRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { emit } from '@/lib/platform/realtime/emit';
import type { Client } from '@/tests/support/client';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { createPerson } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

const receipt = { userId: '00000000-0000-7000-8000-000000000001', seq: 1, at: '2026-11-01T00:00:00.000Z' };

const sockets = socketServer();

/** Every request that names a conversation or a message, as sent by an outsider. */
const outsiderTwins: [keyof ClientRequests, (ids: { conversationId: string; messageId: string; userId: string }) => unknown][] =
  [
    ['conversation.join', ({ conversationId }) => ({ conversationId })],
    ['conversation.leave', ({ conversationId }) => ({ conversationId })],
    ['joinConversation', ({ conversationId }) => conversationId],
    ['leaveConversation', ({ conversationId }) => conversationId],
    ['conversation.update', ({ conversationId }) => ({ conversationId, name: 'Mine now' })],
    ['conversation.delete', ({ conversationId }) => ({ conversationId })],
    ['message.send', ({ conversationId }) => ({ conversationId, clientMessageId: 'x', content: 'Let me in' })],
    ['message.edit', ({ messageId }) => ({ messageId, content: 'Changed' })],
    ['message.delete', ({ messageId }) => ({ messageId })],
    ['message.history', ({ conversationId }) => ({ conversationId })],
    ['message.changes', ({ conversationId }) => ({ conversationId, since: 0 })],
    ['message.delivered', ({ conversationId }) => ({ conversationId, seq: 1 })],
    ['message.read', ({ conversationId }) => ({ conversationId, seq: 1 })],
    ['message.unread', ({ conversationId }) => ({ conversationId, seq: 1 })],
    ['reaction.add', ({ messageId }) => ({ messageId, emoji: '👍' })],
    ['reaction.remove', ({ messageId }) => ({ messageId, emoji: '👍' })],
    ['pin.add', ({ messageId }) => ({ messageId })],
    ['pin.remove', ({ messageId }) => ({ messageId })],
    ['conversation.pins', ({ conversationId }) => ({ conversationId })],
    ['typing.start', ({ conversationId }) => ({ conversationId })],
    ['typing.stop', ({ conversationId }) => ({ conversationId })],
    ['participant.list', ({ conversationId }) => ({ conversationId })],
    ['participant.add', ({ conversationId, userId }) => ({ conversationId, userIds: [userId] })],
    ['participant.update', ({ conversationId, userId }) => ({ conversationId, userId, role: 'admin' })],
    ['participant.remove', ({ conversationId, userId }) => ({ conversationId, userId })],
    ['participant.join', ({ conversationId }) => ({ conversationId })],
  ];

test.each(outsiderTwins)('%s by an outsider is NOT_FOUND, changes nothing and emits no event', async (event, input) => {
  const [ada, mallory] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada]);
  const messageId = await insertMessage(conversationId, ada, 'A secret');
  const [insider, outsider] = [await sockets.connect(ada), await sockets.connect(mallory)];
  await insider.ask('conversation.join', { conversationId });
  const before = await prisma().conversation.findUnique({ where: { id: conversationId } });
  const answer = await outsider.answer(event, input({ conversationId, messageId, userId: ada.id }));
  expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  expect(await prisma().conversation.findUnique({ where: { id: conversationId } })).toEqual(before);
  emit(membersRoom(conversationId), 'conversation.updated', { conversation: await shapeForEverybody(conversationId) });
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [receipt] });
  await insider.hear('message.read');
  await outsider.answer('conversation.heads', {});
  const heard = ({ log }: Client) => log.map(({ event }) => event).filter((name) => name !== 'presence.changed');
  expect(heard(insider)).toEqual(['connection.authenticated', 'conversation.updated', 'message.read']);
  expect(heard(outsider)).toEqual(['connection.authenticated']);
});

test('the heads of other people’s conversations are left out', async () => {
  const [ada, mallory] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada]);
  const outsider = await sockets.connect(mallory);
  expect(await outsider.ask('conversation.heads', { conversationIds: [conversationId] })).toEqual({ heads: [] });
});
