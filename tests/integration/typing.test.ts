import { expect, test, vi } from 'vitest';
import { typingExpiresMs } from '@/lib/domain/typing/timing';
import { startTyping, typistsIn } from '@/lib/domain/typing/typing';
import type { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson, type Person } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

const sockets = socketServer();

interface Scene {
  ada: Person;
  grace: Person;
  conversationId: string;
  typist: Client;
  reader: Client;
}

/** Ada and Grace have the same group open; Grace watches. */
async function scene(): Promise<Scene> {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [typist, reader] = [await sockets.connect(ada), await sockets.connect(grace)];
  for (const client of [typist, reader]) await client.ask('conversation.join', { conversationId });
  return { ada, grace, conversationId, typist, reader };
}

const stopped = ({ isTyping }: { isTyping: boolean }) => !isTyping;

test('typing is announced to people who have the conversation open, but to no device of the typist', async () => {
  const { ada, conversationId, typist, reader } = await scene();
  const phone = await sockets.connect(ada);
  await phone.ask('conversation.join', { conversationId });
  expect(await typist.ask('typing.start', { conversationId })).toEqual({});
  expect(await reader.hear('typing.user')).toEqual({ conversationId, userId: ada.id, name: ada.name, isTyping: true });
  expect(await typist.ask('typing.stop', { conversationId })).toEqual({});
  expect(await reader.hear('typing.user')).toMatchObject({ userId: ada.id, isTyping: false });
  for (const client of [typist, phone]) expect(await client.heardSoFar('typing.user')).toEqual([]);
});

test('a member without the conversation open gets no event', async () => {
  const { conversationId, typist, reader } = await scene();
  await reader.ask('conversation.leave', { conversationId });
  await typist.ask('typing.start', { conversationId });
  expect(await reader.heardSoFar('typing.user')).toEqual([]);
});

test('every start is announced again, since clients drop typists after a while', async () => {
  const { conversationId, typist, reader } = await scene();
  await typist.ask('typing.start', { conversationId });
  await typist.ask('typing.start', { conversationId });
  await reader.hear('typing.user');
  expect((await reader.hear('typing.user')).isTyping).toBe(true);
});

test('sending a message stops it', async () => {
  const { conversationId, typist, reader } = await scene();
  await typist.ask('typing.start', { conversationId });
  await typist.ask('message.send', { conversationId, clientMessageId: 'one', content: 'Done' });
  expect((await reader.hear('typing.user', stopped)).conversationId).toBe(conversationId);
  expect(typistsIn(conversationId)).toEqual([]);
});

test('disconnecting stops it', async () => {
  const { ada, conversationId, typist, reader } = await scene();
  await typist.ask('typing.start', { conversationId });
  typist.close();
  expect((await reader.hear('typing.user', stopped)).userId).toBe(ada.id);
});

test('another device of the typist that disconnects does not stop it', async () => {
  const { ada, conversationId, typist, reader } = await scene();
  const phone = await sockets.connect(ada);
  await phone.ask('conversation.join', { conversationId });
  await typist.ask('typing.start', { conversationId });
  await phone.ask('conversation.leave', { conversationId });
  await reader.hear('typing.user');
  expect(await reader.heardSoFar('typing.user')).toHaveLength(1);
});

test('leaving the conversation stops it', async () => {
  const { conversationId, typist, reader } = await scene();
  await typist.ask('typing.start', { conversationId });
  await typist.ask('conversation.leave', { conversationId });
  await reader.hear('typing.user', stopped);
});

test('it expires by itself without a stop event', async () => {
  const { ada, conversationId, reader } = await scene();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await startTyping(ada.id, 'a socket that fell silent', conversationId);
  vi.advanceTimersByTime(typingExpiresMs - 1);
  expect(typistsIn(conversationId)).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(typistsIn(conversationId)).toEqual([]);
  vi.useRealTimers();
  await reader.hear('typing.user', stopped);
});

test('over its limit it is dropped, not refused', async () => {
  const { conversationId, typist, reader } = await scene();
  for (let start = 0; start < 60; start += 1) await typist.ask('typing.start', { conversationId });
  expect(await reader.heardSoFar('typing.user')).toHaveLength(60);
  expect(await typist.ask('typing.start', { conversationId })).toEqual({});
  expect(await reader.heardSoFar('typing.user')).toHaveLength(60);
});

test('stopping without a start is not announced', async () => {
  const { conversationId, typist, reader } = await scene();
  await typist.ask('typing.stop', { conversationId });
  expect(await reader.heardSoFar('typing.user')).toEqual([]);
});
