import { expect, onTestFinished, test } from 'vitest';
import { GET as ready } from '@/app/api/health/ready/route';
import { removeParticipant } from '@/lib/domain/participants/participant';
import { listSessions, revokeSession } from '@/lib/domain/sessions/session';
import { addNewcomers } from '@/lib/doors/sockets/cluster/reconcile';
import { run } from '@/lib/platform/db/sql';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import { isDegraded } from '@/lib/platform/redis/redis';
import type { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { until } from '@/tests/support/eventually';
import { twoNodes } from '@/tests/support/nodes';
import { createPerson } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';

const { here, connectThere, redis } = await twoNodes();

const say = (client: Client, conversationId: string, content: string) =>
  client.ask('message.send', { conversationId, clientMessageId: `${Math.random()}`.slice(2), content });

const hears = (client: Client, content: string) =>
  client.hear('message.received', ({ messages }) => messages.some((message) => message.content === content));

/** The messages that a client would show: each once, in its latest received version. */
function shown(client: Client, conversationId: string): string[] {
  const messages = new Map<string, { rev: number; content: string }>();
  for (const { event, payload } of client.log) {
    const heard = event === 'message.received' ? payload.messages : event === 'message.edited' ? [payload.message] : [];
    for (const message of heard)
      if (message.conversationId === conversationId && message.rev > (messages.get(message.id)?.rev ?? 0))
        messages.set(message.id, message);
  }
  return [...messages].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, { content }]) => content);
}

/** Faster than the comparison with the database, so it must have come through Redis. */
async function crosses(from: Client, to: Client, conversationId: string): Promise<string> {
  const content = `${Math.random()}`;
  const began = Date.now();
  await say(from, conversationId, content);
  await hears(to, content);
  return Date.now() - began < 500 ? 'at once' : 'late';
}

const stored = async (conversationId: string) =>
  (
    await run<{ content: string }>('test_stored', 'SELECT content FROM "Message" WHERE "conversationId" = $1 ORDER BY id', [
      conversationId,
    ])
  ).map(({ content }) => content);

/** Stops Redis, and waits until this node has noticed. @returns starts it again, empty. The next test starts it in any case. */
async function withoutRedis(): Promise<() => Promise<void>> {
  let away = true;
  const bringBack = async () => {
    if (away) await redis.restart();
    away = false;
    await until(() => !isDegraded());
  };
  onTestFinished(bringBack);
  await redis.stop();
  await until(isDegraded);
  return bringBack;
}

test('without Redis nodes exchange messages within seconds, and have everything when Redis is back, empty', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [near, far] = [await here.connect(ada), await connectThere(grace)];
  await say(near, conversationId, 'Before');
  await hears(far, 'Before');
  const bringBack = await withoutRedis();
  const began = Date.now();
  const { messageId } = await say(near, conversationId, 'While it is away');
  await hears(near, 'While it is away');
  expect(Date.now() - began).toBeLessThan(1_000);
  await hears(far, 'While it is away');
  await near.ask('message.edit', { messageId, content: 'Edited while it is away' });
  await say(far, conversationId, 'Answered while it is away');
  await far.hear('message.edited');
  await hears(near, 'Answered while it is away');
  await say(near, conversationId, 'Last before it is back');
  await bringBack();
  await hears(far, 'Last before it is back');
  for (const [one, other] of [
    [far, near],
    [near, far],
  ] as const)
    await expect.poll(() => crosses(one, other, conversationId)).toBe('at once');
  for (const client of [near, far]) expect(shown(client, conversationId)).toEqual(await stored(conversationId));
}, 40_000);

test('without Redis a removal and a revocation take effect on the other node within 5 s', async () => {
  const [ada, grace, linus] = [await createPerson(), await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace, linus]);
  const [removed, stays] = [await connectThere(grace), await connectThere(linus)];
  for (const client of [removed, stays]) await client.ask('conversation.join', { conversationId });
  const bringBack = await withoutRedis();
  const began = Date.now();
  await removeParticipant(ada.id, conversationId, grace.id);
  const [session] = await listSessions(linus.id, '');
  // Immediately, without the comparison: the write itself reports the changed memberRev.
  await say(stays, conversationId, 'Said right after');
  await hears(stays, 'Said right after');
  expect(await removed.heardSoFar('message.received')).toEqual([]);
  expect(await removed.hear('conversation.removed')).toEqual({ conversationId, reason: 'removed' });
  await stays.ask('typing.start', { conversationId });
  expect(await removed.heardSoFar('typing.user')).toEqual([]);
  const closed = stays.closed();
  await revokeSession(linus.id, session?.id ?? '');
  const revoked = Date.now();
  await closed;
  expect(Date.now() - revoked).toBeLessThan(5_000);
  expect(revoked - began).toBeLessThan(5_000);
  await bringBack();
});

test('a person who was added joins the rooms even without an event', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const [near, far] = [await here.connect(ada), await connectThere(grace)];
  // Only changes the row, as if the event had been lost.
  const conversationId = await insertGroup([ada, grace]);
  await addNewcomers(currentIo() as Io);
  expect((await near.hear('conversation.created')).conversation).toMatchObject({ id: conversationId });
  await say(far, conversationId, 'Found you');
  await hears(near, 'Found you');
});

test('without Redis a node is ready, reports degraded, and still counts limits', async () => {
  expect((await ask(ready)).body).toEqual({ status: 'ready', degraded: false });
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const near = await here.connect(ada);
  const bringBack = await withoutRedis();
  expect(await ask(ready)).toMatchObject({ status: 200, body: { status: 'ready', degraded: true } });
  for (let sent = 0; sent < 60; sent += 1) await say(near, conversationId, 'One of sixty');
  expect(await near.code('message.send', { conversationId, clientMessageId: 'more', content: 'Too much' })).toBe(
    'RATE_LIMIT_EXCEEDED',
  );
  await bringBack();
});

test('nobody goes offline because Redis did, and presence is complete again when it is back, empty', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const [watcher, far] = [await here.connect(ada), await connectThere(grace)];
  const statusOfGrace = async () =>
    (await watcher.ask('presence.subscribe', { userIds: [grace.id] })).users.map(({ status }) => status);
  await far.ask('presence.status.update', { status: 'busy' });
  // Redis has just come back, and the other node may still be reconnecting.
  await expect.poll(statusOfGrace, { timeout: 5_000 }).toEqual(['busy']);
  const bringBack = await withoutRedis();
  expect(await statusOfGrace()).toEqual(['busy']);
  await bringBack();
  expect(await statusOfGrace()).toEqual(['busy']);
  far.close();
  await watcher.hear('presence.changed', ({ userId, status }) => userId === grace.id && status === 'offline');
}, 40_000);

test('a hanging Redis is noticed, and delays nobody', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [near, far] = [await here.connect(ada), await connectThere(grace)];
  redis.freeze();
  const began = Date.now();
  await say(near, conversationId, 'Said into the silence');
  await hears(near, 'Said into the silence');
  expect(Date.now() - began).toBeLessThan(3_000);
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(true);
  redis.thaw();
  await hears(far, 'Said into the silence');
  await expect.poll(() => crosses(near, far, conversationId)).toBe('at once');
  for (const client of [near, far]) expect(shown(client, conversationId)).toEqual(await stored(conversationId));
}, 40_000);
