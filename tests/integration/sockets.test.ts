import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { chatRoom, membersRoom, userRoom } from '@/lib/domain/rooms';
import { dropStoppedReaders } from '@/lib/doors/sockets/connection-checks';
import { pool } from '@/lib/platform/db/pool';
import { emit } from '@/lib/platform/realtime/emit';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import { insertGroup } from '@/tests/support/conversations';
import { until } from '@/tests/support/eventually';
import { createPerson } from '@/tests/support/people';
import { socketServer, tokenFor, webSocketOfClient } from '@/tests/support/sockets';

const receipt = { userId: '00000000-0000-7000-8000-000000000001', seq: 1, at: '2026-11-01T00:00:00.000Z' };

const sockets = socketServer();
const io = () => currentIo() as Io;

test('a message reaches every device of every participant, the sender’s too, and acks its sender', async () => {
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

test('messages of one socket are stored in the order in which they were sent', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  const contents = Array.from({ length: 20 }, (_, index) => `Line ${index}`);
  const acks = await Promise.all(
    contents.map((content) => client.ask('message.send', { conversationId, clientMessageId: randomUUID(), content })),
  );
  expect(acks.map((ack) => ack.seq)).toEqual(contents.map((_, index) => index + 1));
});

/** Two conversations, each with a message of the person. The first one is locked. */
async function withOneLocked() {
  const ada = await createPerson();
  const [locked, free] = [await insertGroup([ada]), await insertGroup([ada])];
  const client = await sockets.connect(ada);
  const send = (conversationId: string) =>
    client.ask('message.send', { conversationId, clientMessageId: randomUUID(), content: 'Hello' });
  const { messageId } = await send(locked);
  const lock = await pool().connect();
  await lock.query('BEGIN');
  await lock.query('SELECT 1 FROM "Conversation" WHERE id = $1 FOR UPDATE', [locked]);
  const unlock = async () => {
    await lock.query('COMMIT');
    lock.release();
  };
  const edit = () => client.ask('message.edit', { messageId, content: 'Hello!' });
  // Requests without a lane do not wait. By the time of this answer, others that do not wait would have been answered too.
  const meanwhile = async () => {
    for (let ask = 0; ask < 20; ask += 1) await client.ask('message.history', { conversationId: free });
  };
  return { locked, free, send, edit, meanwhile, unlock };
}

test('a locked conversation delays its own messages, not the sender’s other ones', async () => {
  const { locked, free, send, unlock } = await withOneLocked();
  const refused = expect(send(locked)).rejects.toThrow('UNAVAILABLE');
  expect((await send(free)).seq).toBe(1);
  await refused;
  await unlock();
  expect((await send(locked)).seq).toBe(2);
});

test('a change waits for its socket’s earlier messages, and later messages wait for the change', async () => {
  const { locked, free, send, edit, meanwhile, unlock } = await withOneLocked();
  const answered: string[] = [];
  const note = async (name: string, ask: Promise<unknown>) => {
    await ask;
    answered.push(name);
  };
  const asks = [note('first', send(locked)), note('change', edit()), note('second', send(free))];
  await meanwhile();
  expect(answered).toEqual([]);
  await unlock();
  await Promise.all(asks);
  expect(answered).toEqual(['first', 'change', 'second']);
});

test('an event sent before the rooms are joined waits until they are', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = sockets.dial({ token: (await tokenFor(ada)).token });
  // Buffered by the client until it is connected, then sent all at once.
  const sent = client.ask('message.send', { conversationId, clientMessageId: 'early', content: 'First' });
  expect((await sent).clientMessageId).toBe('early');
  expect((await client.hear('message.received')).messages[0]?.content).toBe('First');
});

test('opening a conversation answers with it and its typists, and subscribes the socket to its chat room', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [one, other] = [await sockets.connect(ada), await sockets.connect(grace)];
  await other.ask('joinConversation', conversationId);
  await other.ask('typing.start', { conversationId });
  const { conversation, typing } = await one.ask('conversation.join', { conversationId });
  expect(conversation).toMatchObject({ id: conversationId, me: { unreadCount: 0 } });
  expect(typing).toEqual([{ userId: grace.id, name: grace.name }]);
  await one.ask('conversation.leave', { conversationId });
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [receipt] });
  await other.hear('message.read');
  expect(await one.heardSoFar('message.read')).toEqual([]);
});

test('opening a conversation lists as many participants as the client asks for, and none otherwise', async () => {
  const [ada, grace, linus] = [await createPerson(), await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace, linus]);
  const client = await sockets.connect(ada);
  expect(await client.ask('conversation.join', { conversationId })).not.toHaveProperty('participants');
  const { participants } = await client.ask('participant.list', { conversationId });
  expect(participants).toHaveLength(3);
  const join = (count: number) => client.ask('conversation.join', { conversationId, participants: count });
  expect((await join(2)).participants).toEqual(participants.slice(0, 2));
  expect((await join(5_000)).participants).toEqual(participants);
  expect(await client.code('conversation.join', { conversationId, participants: 0 })).toBe('VALIDATION_FAILED');
  const outsider = await sockets.connect(await createPerson());
  expect(await outsider.code('conversation.join', { conversationId, participants: 2 })).toBe('NOT_FOUND');
});

test('joinConversation and leaveConversation do the same with the bare id', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  expect((await client.ask('joinConversation', conversationId)).conversation.id).toBe(conversationId);
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [receipt] });
  await client.hear('message.read');
  expect(await client.ask('leaveConversation', conversationId)).toEqual({});
  emit(chatRoom(conversationId), 'message.read', { conversationId, receipts: [receipt] });
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

test('a removed person who has the conversation open receives nothing more of it', async () => {
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

test('all members of a room share one string as its name', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  await Promise.all([sockets.connect(ada), sockets.connect(ada)]);
  expect(io().of('/').adapter.rooms.get(membersRoom(conversationId))?.size).toBe(2);
});

test('a client that stops reading is dropped, and only that one', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const [stopped, other] = [await sockets.connect(ada), await sockets.connect(grace)];
  webSocketOfClient(stopped).pause();
  // More than the network buffers.
  const draft = 'x'.repeat(4_096);
  for (let packet = 0; packet < 10_000; packet += 1)
    emit(userRoom(ada.id), 'draft.updated', { conversationId: ada.id, draft, version: packet });
  await until(() => {
    dropStoppedReaders(io());
    return !io().of('/').adapter.rooms.has(userRoom(ada.id));
  });
  expect(await other.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test('the limit for other requests is per person, not per socket, and has retryAfter', async () => {
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
