import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { prisma } from '@/lib/db/prisma';
import { emit } from '@/lib/realtime/emit';
import type { ClientEvents } from '@/lib/realtime/events';
import { currentIo, type Io } from '@/lib/realtime/io';
import { chatRoom, membersRoom, userRoom } from '@/lib/realtime/rooms';
import { dropStoppedReaders } from '@/lib/sockets/sweeps';
import type { Client } from '@/tests/support/client';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { createPerson } from '@/tests/support/people';
import { socketServer, tokenFor } from '@/tests/support/sockets';

const sockets = socketServer();

test('a message reaches every device of every participant, its sender included, and answers its sender', async () => {
  const [ada, grace, mallory] = [await createPerson(), await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [phone, laptop, other] = [await sockets.connect(ada), await sockets.connect(ada), await sockets.connect(grace)];
  const outsider = await sockets.connect(mallory);
  const clientMessageId = randomUUID();
  const ack = await phone.ask('message.send', { conversationId, clientMessageId, content: 'Hello' });
  expect(ack).toEqual({
    clientMessageId,
    messageId: expect.any(String),
    seq: 1,
    rev: expect.any(Number),
    createdAt: expect.any(String),
    status: 'sent',
  });
  for (const client of [phone, laptop, other]) {
    const heard = await client.hear('message.received');
    expect(heard.conversationId).toBe(conversationId);
    expect(heard.messages.map((message) => [message.id, message.content])).toEqual([[ack.messageId, 'Hello']]);
  }
  expect(await outsider.heardSoFar('message.received')).toEqual([]);
});

test('what one socket sends is stored in the order in which it was sent', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  const contents = Array.from({ length: 20 }, (_, index) => `Line ${index}`);
  const acks = await Promise.all(
    contents.map((content) => client.ask('message.send', { conversationId, clientMessageId: randomUUID(), content })),
  );
  expect(acks.map((ack) => ack.seq)).toEqual(contents.map((_, index) => index + 1));
});

test('an event sent before the rooms are joined waits for them', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = sockets.dial({ token: (await tokenFor(ada)).token });
  // Buffered by the client until it is connected, then sent at once.
  const sent = client.ask('message.send', { conversationId, clientMessageId: 'early', content: 'First' });
  expect((await sent).clientMessageId).toBe('early');
  expect((await client.hear('message.received')).messages[0]?.content).toBe('First');
});

test('opening a conversation answers with it and who types there, and lets its screen events in', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [one, other] = [await sockets.connect(ada), await sockets.connect(grace)];
  await other.ask('joinConversation', conversationId);
  await other.ask('typing.start', { conversationId });
  const { conversation, typing } = await one.ask('conversation.join', { conversationId });
  expect(conversation).toMatchObject({ id: conversationId, me: { unreadCount: 0 } });
  expect(typing).toEqual([{ userId: grace.id, name: grace.name }]);
  await one.ask('conversation.leave', { conversationId });
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [] });
  await other.hear('message.read');
  expect(await one.heardSoFar('message.read')).toEqual([]);
});

test('joinConversation and leaveConversation do the same with the bare id', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  expect((await client.ask('joinConversation', conversationId)).conversation.id).toBe(conversationId);
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [] });
  await client.hear('message.read');
  expect(await client.ask('leaveConversation', conversationId)).toEqual({});
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [] });
  expect(await client.heardSoFar('message.read')).toHaveLength(1);
});

test('an id in upper case is the same id', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  expect((await client.ask('conversation.join', { conversationId: conversationId.toUpperCase() })).conversation.id).toBe(
    conversationId,
  );
});

test('who is removed while they look at it hears nothing more of it', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [admin, member] = [await sockets.connect(ada), await sockets.connect(grace)];
  await member.ask('conversation.join', { conversationId });
  await admin.ask('participant.remove', { conversationId, userId: grace.id });
  expect(await member.hear('conversation.removed')).toEqual({ conversationId, reason: 'removed' });
  await admin.ask('message.send', { conversationId, clientMessageId: 'after', content: 'Now we are alone' });
  await admin.hear('message.received', ({ messages }) => messages[0]?.clientMessageId === 'after');
  const told = await member.heardSoFar('message.received');
  expect(told.filter(({ payload }) => JSON.stringify(payload).includes('alone'))).toEqual([]);
});

test('a removal that overtakes the joining of the screen room leaves nobody behind in it', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [admin, member] = [await sockets.connect(ada), await sockets.connect(grace)];
  const joins = Array.from({ length: 10 }, () => member.answer('conversation.join', { conversationId }));
  await Promise.all([...joins, admin.ask('participant.remove', { conversationId, userId: grace.id })]);
  expect(await member.code('conversation.join', { conversationId })).toBe('NOT_FOUND');
  const { rooms } = (currentIo() as Io).of('/').adapter;
  expect(rooms.get(chatRoom(conversationId))?.has(member.socket.id ?? '') ?? false).toBe(false);
  expect(rooms.get(membersRoom(conversationId))?.has(member.socket.id ?? '') ?? false).toBe(false);
});

test('whoever is added while connecting is in: what changes during the handshake is not lost', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const admin = await sockets.connect(ada);
  const conversationId = await insertGroup([ada]);
  await sockets.connect(ada);
  const { token } = await tokenFor(grace);
  for (let round = 0; round < 5; round += 1) {
    const late = sockets.dial({ token });
    const arriving = late.connected();
    await admin.ask('participant.add', { conversationId, userIds: [grace.id] });
    await arriving;
    await late.ask('conversation.heads', {});
    const { rooms } = (currentIo() as Io).of('/').adapter;
    expect(rooms.get(membersRoom(conversationId))?.has(late.socket.id ?? '')).toBe(true);
    await admin.ask('participant.remove', { conversationId, userId: grace.id });
    late.close();
  }
});

test('the name of a room is one string, however many join it', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  await Promise.all([sockets.connect(ada), sockets.connect(ada)]);
  expect((currentIo() as Io).of('/').adapter.rooms.get(membersRoom(conversationId))?.size).toBe(2);
});

test('one reader that stops reading is dropped, and only that one', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const [stopped, other] = [await sockets.connect(ada), await sockets.connect(grace)];
  const io = currentIo() as Io;
  const closed = stopped.closed();
  // Within one turn of the loop nothing can be read, so all of it waits.
  for (let packet = 0; packet < 6_000; packet += 1) emit(userRoom(ada.id), 'token.expired', { reason: 'expired' });
  dropStoppedReaders(io);
  await closed;
  expect(await other.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test('the limit of everything else is per person, not per socket, and says when to come back', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const [phone, laptop, other] = [await sockets.connect(ada), await sockets.connect(ada), await sockets.connect(grace)];
  const answers = await Promise.all(
    Array.from({ length: 601 }, (_, index) =>
      (index % 2 ? phone : laptop).answer('conversation.heads', { conversationIds: [] }),
    ),
  );
  const refused = answers.filter((answer) => !answer.ok);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatchObject({
    error: { code: 'RATE_LIMIT_EXCEEDED', limit: 600, window: 60, retryAfter: expect.any(Number) },
  });
  expect(await other.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test('creating a direct conversation by socket answers with it', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const client = await sockets.connect(ada);
  const { conversation } = await client.ask('conversation.create', { kind: 'direct', userId: grace.id });
  expect(conversation).toMatchObject({ kind: 'direct', name: null, participantCount: 2 });
  expect((await client.ask('conversation.create', { kind: 'direct', userId: grace.id })).conversation.id).toBe(conversation.id);
});

/** Everything that names a conversation or a message, as an outsider would try it. */
const outsiderTwins: [keyof ClientEvents, (ids: { conversationId: string; messageId: string; userId: string }) => unknown][] = [
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
  ['typing.start', ({ conversationId }) => ({ conversationId })],
  ['typing.stop', ({ conversationId }) => ({ conversationId })],
  ['participant.list', ({ conversationId }) => ({ conversationId })],
  ['participant.add', ({ conversationId, userId }) => ({ conversationId, userIds: [userId] })],
  ['participant.update', ({ conversationId, userId }) => ({ conversationId, userId, role: 'admin' })],
  ['participant.remove', ({ conversationId, userId }) => ({ conversationId, userId })],
  ['participant.join', ({ conversationId }) => ({ conversationId })],
];

test.each(outsiderTwins)('%s by an outsider is NOT_FOUND, changes nothing and is heard by nobody', async (event, input) => {
  const [ada, mallory] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada]);
  const messageId = await insertMessage(conversationId, ada, 'A secret');
  const [insider, outsider] = [await sockets.connect(ada), await sockets.connect(mallory)];
  await insider.ask('conversation.join', { conversationId });
  const before = await prisma().conversation.findUnique({ where: { id: conversationId } });
  const answer = await outsider.answer(event, input({ conversationId, messageId, userId: ada.id }));
  expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  expect(await prisma().conversation.findUnique({ where: { id: conversationId } })).toEqual(before);
  emit(membersRoom(conversationId), 'conversation.updated', { conversation: {} as never });
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [] });
  await insider.hear('message.read');
  await outsider.answer('conversation.heads', {});
  const heard = ({ log }: Client) => log.map(({ event }) => event).filter((name) => name !== 'presence.changed');
  expect(heard(insider)).toEqual(['connection.authenticated', 'conversation.updated', 'message.read']);
  expect(heard(outsider)).toEqual(['connection.authenticated']);
});

test('the heads of somebody else are left out', async () => {
  const [ada, mallory] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada]);
  const outsider = await sockets.connect(mallory);
  expect(await outsider.ask('conversation.heads', { conversationIds: [conversationId] })).toEqual({ heads: [] });
});
