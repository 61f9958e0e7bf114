import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { waitUntil } from '@/lib/platform/process/alive';
import { Device, doorTo, newPerson } from '@/tests/protocol/support/nodes';
import { type Cluster, startCluster } from '@/tests/support/cluster';

// State that both nodes behind nginx share: presence, typing, receipts, limits and access.

const budget = 13;

let cluster: Cluster;
let ada: Device;
let grace: Device;
let linus: Device;
let conversationId: string;
const open: Device[] = [];

beforeAll(async () => {
  cluster = await startCluster({ environment: { RATE_LIMIT_MESSAGE: `${budget}/60` } });
});

/** Ada on the first node, Grace and Linus on the second, in a group of Ada's. */
beforeEach(async () => {
  for (const device of open.splice(0)) device.socket.close();
  const at = async (name: string, node: 0 | 1) =>
    Device.of(await newPerson(cluster, name), doorTo(cluster, node, 'through nginx'));
  [ada, grace, linus] = await Promise.all([at('Ada', 0), at('Grace', 1), at('Linus', 1)]);
  open.push(ada, grace, linus);
  conversationId = await ada.group([grace, linus]);
  for (const { socket } of [ada, grace, linus]) await socket.ask('conversation.join', { conversationId });
  // Waits for Redis, which the previous test may have stopped.
  await ada.say(conversationId, 'Everybody is in');
  await Promise.all([grace, linus].map((device) => device.hears('Everybody is in')));
});

afterAll(async () => {
  for (const device of open) device.socket.close();
  await cluster?.stop();
});

const another = async (device: Device, node: 0 | 1) => {
  const made = await Device.of(device.person, doorTo(cluster, node, 'through nginx'));
  open.push(made);
  return made;
};

const without = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  await cluster.redis.stop();
  const degraded = async (origin: string) => (await (await fetch(`${origin}/api/health/ready`)).json()).degraded as boolean;
  const all = async (expected: boolean) =>
    (await Promise.all(cluster.nodes.map(({ origin }) => degraded(origin)))).every((is) => is === expected);
  try {
    expect(await waitUntil(() => all(true), 5_000)).toBe(true);
    return await work();
  } finally {
    await cluster.redis.restart();
    expect(await waitUntil(() => all(false), 10_000)).toBe(true);
  }
};

/** ms until the condition was true */
async function timed(happens: Promise<unknown>): Promise<number> {
  const began = Date.now();
  await happens;
  return Date.now() - began;
}

test('a person’s rate limit is shared by both nodes, by socket and by REST', async () => {
  const there = await another(ada, 1);
  for (let sent = 0; sent < budget - 1; sent += 3) {
    await ada.say(conversationId, 'By the first node');
    await there.say(conversationId, 'By the second one');
    expect((await there.call('POST', `/api/conversations/${conversationId}/messages`, { content: 'By REST' })).status).toBe(
      201,
    );
  }
  for (const device of [ada, there]) {
    expect(await device.socket.code('message.send', { conversationId, clientMessageId: 'more', content: 'Too much' })).toBe(
      'RATE_LIMIT_EXCEEDED',
    );
    expect((await device.call('POST', `/api/conversations/${conversationId}/messages`, { content: 'Too much' })).status).toBe(
      429,
    );
  }
  await grace.say(conversationId, 'Others have their own');
});

test('a person is online while a device is on any node, and goes offline once, on all nodes', async () => {
  const there = await another(ada, 1);
  const watchers = [await another(linus, 0), grace];
  for (const { socket } of watchers) await socket.ask('presence.subscribe', { userIds: [ada.person.id] });
  ada.socket.close();
  await there.socket.ask('presence.status.update', { status: 'away' });
  const told = (watcher: Device, status: string) =>
    watcher.socket.hear('presence.changed', (change) => change.userId === ada.person.id && change.status === status);
  for (const watcher of watchers) await told(watcher, 'away');
  there.socket.close();
  for (const watcher of watchers) await told(watcher, 'offline');
  for (const { socket } of watchers)
    expect((await socket.heardSoFar('presence.changed')).map(({ payload }) => (payload as { status: string }).status)).toEqual([
      'away',
      'offline',
    ]);
});

test('a person who opens a conversation sees typists of another node, until these send from anywhere', async () => {
  await ada.socket.ask('typing.start', { conversationId });
  await grace.socket.hear('typing.user', ({ isTyping }) => isTyping);
  const late = await another(linus, 1);
  expect((await late.socket.ask('conversation.join', { conversationId })).typing).toMatchObject([{ userId: ada.person.id }]);
  await (await another(ada, 1)).say(conversationId, 'Sent from the telephone');
  await grace.socket.hear('typing.user', ({ isTyping }) => !isTyping);
});

test('reads on one node update counts and marks on the other', async () => {
  const phone = await another(grace, 0);
  const { seq } = await ada.say(conversationId, 'Read me');
  await grace.socket.ask('message.read', { conversationId, seq });
  await phone.socket.hear('read.updated', ({ unreadCount }) => unreadCount === 0);
  await ada.socket.hear('message.read', ({ receipts }) => receipts.some((receipt) => receipt.seq === seq));
  const { heads } = await phone.socket.ask('conversation.heads', { conversationIds: [conversationId] });
  expect(heads).toMatchObject([{ lastReadSeq: seq }]);
});

const redisIs = [
  { redis: 'there', within: 1_500, around: <Result>(work: () => Promise<Result>) => work() },
  { redis: 'away', within: 5_000, around: without },
];

describe.each(redisIs)('while Redis is $redis, within $within ms and on every node', ({ within, around }) => {
  test('a session revoked on one node ends on the other: its socket, and its token', async () => {
    const tablet = await another(grace, 0);
    // Cached for a while after it was read.
    expect((await grace.call('GET', '/api/me')).status).toBe(200);
    const sessionId = await grace.sessionId();
    await around(async () => {
      const closed = grace.socket.closed();
      expect((await tablet.call('DELETE', `/api/me/sessions/${sessionId}`)).status).toBe(204);
      const [socket, token] = [
        timed(closed),
        timed(waitUntil(async () => (await grace.call('GET', '/api/me')).status === 401, 6_000)),
      ];
      expect(await socket).toBeLessThan(within);
      expect(await token).toBeLessThan(within);
      await tablet.socket.ask('conversation.heads', {});
    });
  });

  test('a removed member receives nothing that follows, and gets the event', async () => {
    await around(async () => {
      const removed = grace.socket.hear('conversation.removed');
      expect((await ada.call('DELETE', `/api/conversations/${conversationId}/participants/${grace.person.id}`)).status).toBe(
        204,
      );
      const told = timed(removed);
      const [{ seq }] = await Promise.all([ada.say(conversationId, 'Now without her'), linus.hears('Now without her')]);
      expect(await removed).toEqual({ conversationId, reason: 'removed' });
      expect(await told).toBeLessThan(within);
      await linus.socket.ask('typing.start', { conversationId });
      await linus.socket.ask('message.read', { conversationId, seq });
      const heard = await grace.socket.heardSoFar('message.received', 'typing.user', 'message.read');
      const before = heard.map(({ payload }) =>
        'messages' in payload ? payload.messages.map(({ content }) => content) : 'more',
      );
      expect(before.flat()).toEqual(['', 'Everybody is in']);
      const asked = await grace.socket.code('message.history', { conversationId });
      expect([asked, (await grace.call('GET', `/api/conversations/${conversationId}/messages`)).status]).toEqual([
        'NOT_FOUND',
        404,
      ]);
    });
  });

  test('a group that is deleted is gone for everybody', async () => {
    await around(async () => {
      const told = [grace, linus].map(({ socket }) => socket.hear('conversation.removed'));
      expect((await ada.call('DELETE', `/api/conversations/${conversationId}`)).status).toBe(204);
      expect(await timed(Promise.all(told))).toBeLessThan(within);
      expect(await Promise.all(told)).toEqual([1, 2].map(() => ({ conversationId, reason: 'deleted' })));
      expect(await grace.socket.code('message.send', { conversationId, clientMessageId: 'late', content: 'Too late' })).toBe(
        'NOT_FOUND',
      );
    });
  });
});
