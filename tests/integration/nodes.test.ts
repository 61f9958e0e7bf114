import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { updateMembership } from '@/lib/domain/conversations/conversation';
import { listSessions, revokeSession } from '@/lib/domain/sessions/session';
import type { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { twoNodes } from '@/tests/support/nodes';
import { createPerson } from '@/tests/support/people';

const { here, connectThere, kill, redis } = await twoNodes();

/** Ada here and Grace on the other node, in a group that both have open. */
async function scene() {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace], 'PUBLIC');
  const [near, far] = [await here.connect(ada), await connectThere(grace)];
  for (const client of [near, far]) await client.ask('conversation.join', { conversationId });
  return { ada, grace, conversationId, near, far };
}

const say = (client: Client, conversationId: string, content: string) =>
  client.ask('message.send', { conversationId, clientMessageId: `${Math.random()}`.slice(2), content });

test('messages and their changes reach the other node, in both directions', async () => {
  const { conversationId, near, far } = await scene();
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    const { messageId } = await say(one, conversationId, 'Hello');
    const { messages } = await other.hear('message.received', ({ messages }) => messages[0]?.id === messageId);
    expect(messages).toMatchObject([{ content: 'Hello', conversationId }]);
    await one.ask('message.edit', { messageId, content: 'Hello there' });
    expect((await other.hear('message.edited', ({ message }) => message.id === messageId)).message.content).toBe('Hello there');
    await other.ask('reaction.add', { messageId, emoji: '👍' });
    expect((await one.hear('reaction.updated', ({ message }) => message.id === messageId)).change.emoji).toBe('👍');
    await one.ask('message.delete', { messageId });
    await other.hear('message.deleted', ({ message }) => message.id === messageId);
  }
});

test('receipts, pointers and drafts reach the other node', async () => {
  const { grace, conversationId, near, far } = await scene();
  const phone = await here.connect(grace);
  const { seq } = await say(near, conversationId, 'Read me');
  await far.ask('message.delivered', { conversationId, seq });
  expect((await near.hear('message.delivered')).receipts).toMatchObject([{ userId: grace.id, seq }]);
  await far.ask('message.read', { conversationId, seq });
  expect((await near.hear('message.read')).receipts).toMatchObject([{ userId: grace.id, seq }]);
  expect(await phone.hear('read.updated')).toMatchObject({ conversationId, lastReadSeq: seq, unreadCount: 0 });
});

test('typing reaches the other node, shows to a person who opens the conversation later, and ends everywhere at the next send', async () => {
  const { ada, grace, conversationId, near, far } = await scene();
  await near.ask('typing.start', { conversationId });
  expect(await far.hear('typing.user')).toMatchObject({ userId: ada.id, name: ada.name, isTyping: true });
  const later = await connectThere(grace);
  expect((await later.ask('conversation.join', { conversationId })).typing).toEqual([{ userId: ada.id, name: ada.name }]);
  // Her other device, on the other node, sends the message that she typed.
  const tablet = await connectThere(ada);
  await say(tablet, conversationId, 'Done');
  expect((await far.hear('typing.user')).isTyping).toBe(false);
  await near.ask('conversation.leave', { conversationId });
  expect((await near.ask('conversation.join', { conversationId })).typing).toEqual([]);
});

test('a person added on either node receives later events; a removed one receives none', async () => {
  const [ada, grace, linus] = [await createPerson(), await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [near, far, newcomer] = [await here.connect(ada), await connectThere(grace), await connectThere(linus)];
  await near.ask('participant.add', { conversationId, userIds: [linus.id] });
  expect((await newcomer.hear('conversation.created')).conversation).toMatchObject({
    id: conversationId,
    me: { role: 'member' },
  });
  await far.hear('participant.joined');
  await say(near, conversationId, 'Welcome');
  await newcomer.hear('message.received', ({ messages }) => messages[0]?.content === 'Welcome');
  await newcomer.ask('conversation.join', { conversationId });
  await near.ask('participant.remove', { conversationId, userId: linus.id });
  expect(await newcomer.hear('conversation.removed')).toEqual({ conversationId, reason: 'removed' });
  await say(near, conversationId, 'Now without');
  await far.hear('message.received', ({ messages }) => messages[0]?.content === 'Now without');
  await far.ask('conversation.join', { conversationId });
  await near.ask('typing.start', { conversationId });
  await far.hear('typing.user');
  const told = await newcomer.heardSoFar('message.received', 'typing.user', 'participant.left', 'conversation.updated');
  expect(told.filter(({ payload }) => /Now without|isTyping/.test(JSON.stringify(payload)))).toEqual([]);
  await near.ask('conversation.delete', { conversationId });
  expect(await far.hear('conversation.removed')).toEqual({ conversationId, reason: 'deleted' });
});

test('a new group and a first direct message reach the other node', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const [near, far] = [await here.connect(ada), await connectThere(grace)];
  const { conversation: group } = await near.ask('conversation.create', { kind: 'group', name: 'Both', memberIds: [grace.id] });
  expect((await far.hear('conversation.created')).conversation).toMatchObject({ id: group.id, me: { role: 'member' } });
  await near.ask('conversation.update', { conversationId: group.id, name: 'All of us' });
  expect(
    (await far.hear('conversation.updated', ({ conversation }) => conversation.name === 'All of us')).conversation.id,
  ).toBe(group.id);
  const { conversation: direct } = await far.ask('conversation.create', { kind: 'direct', userId: ada.id });
  await say(far, direct.id, 'Just you');
  expect((await near.hear('conversation.created', ({ conversation }) => conversation.kind === 'direct')).conversation.id).toBe(
    direct.id,
  );
  await near.hear('message.received', ({ conversationId }) => conversationId === direct.id);
});

test('presence is shared: a device on any node is online, none is offline, and a status shows on every node', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const watcher = await here.connect(ada);
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  const about = (status: string) =>
    watcher.hear('presence.changed', (change) => change.userId === grace.id && change.status === status);
  const far = await connectThere(grace);
  await about('online');
  expect((await watcher.ask('presence.subscribe', { userIds: [grace.id] })).users).toMatchObject([{ status: 'online' }]);
  await far.ask('presence.status.update', { status: 'busy' });
  await about('busy');
  const near = await here.connect(grace);
  await near.ask('conversation.heads', {});
  far.close();
  await say(near, await insertGroup([grace]), 'Still here');
  expect((await watcher.ask('presence.subscribe', { userIds: [grace.id] })).users).toMatchObject([{ status: 'busy' }]);
  near.close();
  await about('offline');
  const told = await watcher.heardSoFar('presence.changed');
  expect(told.map(({ payload }) => (payload as { status: string }).status)).toEqual(['online', 'busy', 'offline']);
});

test('limits are shared: a send on any node counts everywhere', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const [near, far] = [await here.connect(ada), await connectThere(ada)];
  for (let sent = 0; sent < 30; sent += 1) for (const client of [near, far]) await say(client, conversationId, 'One of sixty');
  for (const client of [near, far])
    expect(await client.answer('message.send', { conversationId, clientMessageId: 'more', content: 'Too much' })).toMatchObject(
      {
        ok: false,
        error: { code: 'RATE_LIMIT_EXCEEDED', limit: 60, window: 60, retryAfter: expect.any(Number) },
      },
    );
});

test('a signed-out device is disconnected on any node', async () => {
  const grace = await createPerson();
  const far = await connectThere(grace);
  const [session] = await listSessions(grace.id, '');
  const closed = far.closed();
  await revokeSession(grace.id, session?.id ?? '');
  expect(await far.hear('token.expired')).toEqual({ reason: 'revoked' });
  await closed;
});

test('roles, departures and drafts reach the other node', async () => {
  const { ada, grace, conversationId, near, far } = await scene();
  const phone = await connectThere(ada);
  await near.ask('participant.update', { conversationId, userId: grace.id, role: 'admin' });
  expect((await far.hear('participant.updated')).participant).toMatchObject({ user: { id: grace.id }, role: 'admin' });
  await updateMembership(ada.id, conversationId, { draft: 'Half a thought' });
  expect(await phone.hear('draft.updated')).toEqual({ conversationId, draft: 'Half a thought', version: 1 });
  await near.ask('participant.remove', { conversationId, userId: 'me' });
  expect((await far.hear('participant.left')).participant.user.id).toBe(ada.id);
  expect(await phone.hear('conversation.removed')).toEqual({ conversationId, reason: 'left' });
});

test('people of a killed node go offline when their presence expires', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const [watcher, far] = [await here.connect(ada), await connectThere(grace)];
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  await far.ask('conversation.heads', {});
  await kill();
  expect((await watcher.ask('presence.subscribe', { userIds: [grace.id] })).users).toMatchObject([{ status: 'online' }]);
  const client = new Redis(redis.url);
  const [device] = (await client.hkeys(`parley:presence:${grace.id}`)).filter((field) => field !== 'shows');
  // Instead of waiting for it to expire.
  await client.hset(`parley:presence:${grace.id}`, device ?? '', 0);
  await client.zadd('parley:presence', 0, grace.id);
  client.disconnect();
  const gone = await watcher.hear('presence.changed', ({ userId, status }) => userId === grace.id && status === 'offline');
  expect(gone.lastSeenAt).not.toBeNull();
});
