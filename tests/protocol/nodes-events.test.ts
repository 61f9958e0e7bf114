import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerPayloads } from '@/lib/domain/contract';
import { Device, doorTo, newPerson, type Way } from '@/tests/protocol/support/nodes';
import { type Cluster, startCluster } from '@/tests/support/cluster';
import { documentedEvents } from '@/tests/support/wire';

// Every event of docs/protocol.md, from one node to the other.

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster();
});

afterAll(() => cluster?.stop());

/** Ada on one node. Grace on the other, with a second device on Ada's. All are in one group and have it open. */
interface Scene {
  ada: Device;
  grace: Device;
  phone: Device;
  linus: Device;
  conversationId: string;
}

/** It goes only to the socket that has just connected. */
type OfOneSocket = 'connection.authenticated';

/** Causes each event to go from Ada's node to Grace's, or from Grace's to that of her phone. Resolves when it has arrived. */
const crossings: { [Name in Exclude<keyof ServerPayloads, OfOneSocket>]: (scene: Scene) => Promise<unknown> } = {
  'message.received': async ({ ada, grace, conversationId }) => {
    await ada.say(conversationId, 'Hello over there');
    await grace.hears('Hello over there');
  },
  'message.edited': async ({ ada, grace, conversationId }) => {
    const { messageId } = await ada.say(conversationId, 'Wrnog');
    await ada.socket.ask('message.edit', { messageId, content: 'Right' });
    await grace.socket.hear('message.edited', ({ message }) => message.id === messageId && message.content === 'Right');
  },
  'message.deleted': async ({ ada, grace, conversationId }) => {
    const { messageId } = await ada.say(conversationId, 'Regret');
    await ada.socket.ask('message.delete', { messageId });
    await grace.socket.hear('message.deleted', ({ message }) => message.id === messageId && message.deletedAt !== null);
  },
  'reaction.updated': async ({ ada, grace, conversationId }) => {
    const { messageId } = await ada.say(conversationId, 'Like this');
    await ada.socket.ask('reaction.add', { messageId, emoji: '👍' });
    await grace.socket.hear('reaction.updated', ({ message, change }) => message.id === messageId && change.emoji === '👍');
  },
  'message.updated': async ({ ada, grace, conversationId }) => {
    const { messageId } = await ada.say(conversationId, 'Keep this');
    await ada.socket.ask('pin.add', { messageId });
    const heard = await grace.socket.hear('message.updated', ({ message }) => message.id === messageId);
    expect(heard).toMatchObject({ change: 'pinned', pins: { latest: { id: messageId } } });
  },
  'message.delivered': async ({ ada, grace, conversationId }) => {
    const { seq } = await grace.say(conversationId, 'Did it come?');
    await ada.socket.ask('message.delivered', { conversationId, seq });
    await grace.socket.hear('message.delivered', ({ receipts }) => receipts.some(({ userId }) => userId === ada.person.id));
  },
  'message.read': async ({ ada, grace, conversationId }) => {
    const { seq } = await grace.say(conversationId, 'Read me');
    await ada.socket.ask('message.read', { conversationId, seq });
    await grace.socket.hear('message.read', ({ receipts }) => receipts.some(({ userId }) => userId === ada.person.id));
  },
  'read.updated': async ({ ada, grace, phone, conversationId }) => {
    const { seq } = await ada.say(conversationId, 'Unread');
    await grace.socket.ask('message.read', { conversationId, seq });
    const isRead = (read: ServerPayloads['read.updated']) => read.conversationId === conversationId && read.unreadCount === 0;
    await phone.socket.hear('read.updated', isRead);
  },
  'draft.updated': async ({ grace, phone, conversationId }) => {
    await grace.call('PATCH', `/api/conversations/${conversationId}/me`, { draft: 'Half a thought' });
    expect(await phone.socket.hear('draft.updated')).toEqual({
      ...{ conversationId, draft: 'Half a thought', version: 1 },
    });
  },
  'membership.updated': async ({ grace, phone, conversationId }) => {
    await grace.call('PATCH', `/api/conversations/${conversationId}/me`, { notify: 'mentions' });
    await phone.socket.hear('membership.updated', (changed) => {
      return changed.conversationId === conversationId && changed.me.notify === 'mentions';
    });
  },
  'typing.user': async ({ ada, grace, conversationId }) => {
    await ada.socket.ask('typing.start', { conversationId });
    await grace.socket.hear('typing.user', ({ userId, isTyping }) => userId === ada.person.id && isTyping);
  },
  'presence.changed': async ({ ada, grace }) => {
    await grace.socket.ask('presence.subscribe', { userIds: [ada.person.id] });
    await ada.socket.ask('presence.status.update', { status: 'busy' });
    await grace.socket.hear('presence.changed', ({ userId, status }) => userId === ada.person.id && status === 'busy');
  },
  'user.updated': async ({ ada, grace }) => {
    const name = `Ada ${Math.random()}`;
    await ada.call('PATCH', '/api/me', { name });
    await grace.socket.hear('user.updated', ({ user }) => user.id === ada.person.id && user.name === name);
  },
  'me.updated': async ({ grace, phone }) => {
    await grace.call('PATCH', '/api/me', { locale: 'ja' });
    await phone.socket.hear('me.updated', ({ user }) => user.locale === 'ja');
    await grace.call('PATCH', '/api/me', { locale: null });
  },
  'conversation.created': async ({ ada, grace }) => {
    const { conversation } = await ada.socket.ask('conversation.create', {
      ...{ kind: 'group', name: 'New', memberIds: [grace.person.id] },
    });
    const heard = await grace.socket.hear('conversation.created', ({ conversation: { id } }) => id === conversation.id);
    expect(heard.conversation.me).toMatchObject({ role: 'member' });
  },
  'conversation.updated': async ({ ada, grace, conversationId }) => {
    await ada.socket.ask('conversation.update', { conversationId, name: 'Renamed' });
    await grace.socket.hear(
      'conversation.updated',
      ({ conversation: { id, name } }) => id === conversationId && name === 'Renamed',
    );
  },
  'conversation.removed': async ({ ada, grace, conversationId }) => {
    await ada.socket.ask('conversation.delete', { conversationId });
    const heard = await grace.socket.hear('conversation.removed', (removed) => removed.conversationId === conversationId);
    expect(heard.reason).toBe('deleted');
  },
  'participant.joined': async ({ ada, grace, linus, conversationId }) => {
    await ada.socket.ask('participant.add', { conversationId, userIds: [linus.person.id] });
    await grace.socket.hear('participant.joined', ({ participant }) => participant.user.id === linus.person.id);
  },
  'participant.left': async ({ ada, grace, linus, conversationId }) => {
    await ada.socket.ask('participant.add', { conversationId, userIds: [linus.person.id] });
    await ada.socket.ask('participant.remove', { conversationId, userId: linus.person.id });
    await grace.socket.hear('participant.left', (left) => left.conversationId === conversationId);
    await linus.socket.hear('conversation.removed', (removed) => removed.conversationId === conversationId);
  },
  'participant.updated': async ({ ada, grace, conversationId }) => {
    await ada.socket.ask('participant.update', { conversationId, userId: grace.person.id, role: 'admin' });
    await grace.socket.hear('participant.updated', ({ participant }) => participant.role === 'admin');
  },
  'token.expired': async ({ grace, phone }) => {
    const tablet = await phone.another();
    const closed = tablet.socket.closed();
    await grace.call('DELETE', `/api/me/sessions/${await tablet.sessionId()}`);
    expect(await tablet.socket.hear('token.expired')).toEqual({ reason: 'revoked' });
    await closed;
    // Her other devices stay.
    await phone.socket.ask('conversation.heads', {});
  },
};

test('the list has every server event, except those to one socket alone', () => {
  expect([...Object.keys(crossings), 'connection.authenticated' satisfies OfOneSocket].toSorted()).toEqual(
    documentedEvents('server sends'),
  );
});

/** Events that Redis loses are found in the database, but later than this. */
const atOnceMs = 1_500;

describe.each<[Way, 0 | 1, 0 | 1]>([
  ['directly', 0, 1],
  ['directly', 1, 0],
  ['through nginx', 0, 1],
  ['through nginx', 1, 0],
])('%s, from node %i to node %i', (way, near, far) => {
  let cast: Omit<Scene, 'conversationId'>;

  beforeAll(async () => {
    const [ada, grace, linus] = await Promise.all(['Ada', 'Grace', 'Linus'].map((name) => newPerson(cluster, name)));
    if (!ada || !grace || !linus) throw new Error('There is nobody.');
    const [here, there] = [doorTo(cluster, near, way), doorTo(cluster, far, way)];
    cast = {
      ada: await Device.of(ada, here),
      phone: await Device.of(grace, here),
      grace: await Device.of(grace, there),
      linus: await Device.of(linus, there),
    };
  });

  afterAll(() => {
    for (const device of Object.values(cast ?? {})) device.socket.close();
  });

  test.each(Object.keys(crossings) as (keyof typeof crossings)[])('%s', async (name) => {
    const { ada, grace } = cast;
    const conversationId = await ada.group([grace]);
    for (const { socket } of [ada, grace]) await socket.ask('conversation.join', { conversationId });
    const began = Date.now();
    await crossings[name]({ ...cast, conversationId });
    expect(Date.now() - began).toBeLessThan(atOnceMs);
  });
});
