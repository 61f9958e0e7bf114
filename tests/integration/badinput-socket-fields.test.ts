import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ClientRequests } from '@/lib/domain/requests';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { rows, whole } from '@/tests/support/hostile';
import { createPerson } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

const sockets = socketServer();

/** Wrong values for fields that are not ids. */
const wrongFields: [keyof ClientRequests, Record<string, unknown>][] = [
  ['message.send', { content: '' }],
  ['message.send', { content: '   \n' }],
  ['message.send', { content: 'x'.repeat(8_001) }],
  ['message.send', { content: 'a\u0000b' }],
  ['message.send', { content: 'a\ud800b' }],
  ['message.send', { content: 5 }],
  ['message.send', { content: { toString: 'x' } }],
  ['message.send', { clientMessageId: undefined }],
  ['message.send', { clientMessageId: 'x'.repeat(65) }],
  ['message.send', { clientMessageId: 'not allowed' }],
  ['message.send', { attachmentIds: Array.from({ length: 11 }, () => randomUUID()) }],
  ['message.send', { attachmentIds: 'x' }],
  ['message.send', { replyToId: 'x' }],
  ['message.send', { metadata: 'x' }],
  ['message.send', { metadata: [1] }],
  ['message.send', { metadata: { big: 'x'.repeat(4_096) } }],
  ['message.send', { metadata: { text: 'a\u0000b' } }],
  ['message.send', { metadata: { 'a\u0000b': 1 } }],
  ['message.edit', { content: '' }],
  ['message.edit', { content: 'x'.repeat(8_001) }],
  ['message.edit', { content: '\u0000' }],
  ['message.history', { limit: 0 }],
  ['message.history', { limit: -1 }],
  ['message.history', { limit: 1.5 }],
  ['message.history', { limit: 'x' }],
  ['message.history', { before: randomUUID(), after: randomUUID() }],
  ['message.history', { before: 'x' }],
  ['message.changes', { since: -1 }],
  ['message.changes', { since: 'x' }],
  ['message.changes', { since: undefined }],
  ['message.read', { seq: -1 }],
  ['message.read', { seq: 2 ** 31 }],
  ['message.read', { seq: Number.MAX_VALUE }],
  ['message.read', { seq: 'x' }],
  ['message.delivered', { seq: undefined }],
  ['message.unread', { seq: 0 }],
  ['read.mark', { conversationIds: [] }],
  ['read.mark', { conversationIds: ['x'] }],
  ['read.mark', { conversationIds: Array.from({ length: 1_001 }, () => randomUUID()) }],
  ['read.mark', { conversationIds: [randomUUID()], all: true }],
  ['read.mark', { all: false }],
  ['read.mark', {}],
  ['reaction.add', { emoji: 'x' }],
  ['reaction.add', { emoji: '👍👍' }],
  ['reaction.add', { emoji: '' }],
  ['reaction.add', { emoji: '\u0000' }],
  ['reaction.add', { emoji: undefined }],
  ['conversation.pins', { limit: 0 }],
  ['conversation.pins', { cursor: 'x' }],
  ['participant.add', { userIds: [] }],
  ['participant.add', { userIds: ['x'] }],
  ['participant.add', { userIds: 'x' }],
  ['participant.update', { role: 'owner' }],
  ['participant.list', { limit: 0 }],
  ['participant.list', { cursor: '' }],
  ['conversation.update', { name: '' }],
  ['conversation.update', { name: 'x'.repeat(81) }],
  ['conversation.update', { name: 'a\u0000b' }],
  ['conversation.update', { visibility: 'secret' }],
  ['conversation.create', { kind: 'channel' }],
  ['conversation.create', { kind: 'group', name: '' }],
  ['conversation.create', { kind: 'group', name: 'a\u0000b' }],
  ['conversation.create', { kind: 'group', name: 'Team', memberIds: ['x'] }],
  ['conversation.create', { kind: 'direct', userId: 'x' }],
  ['conversation.heads', { conversationIds: ['x'] }],
  ['conversation.heads', { conversationIds: 'x' }],
  ['presence.subscribe', { userIds: 'x' }],
  ['presence.subscribe', { userIds: [null] }],
  ['presence.status.update', { status: 'gone' }],
  ['presence.status.update', { statusText: 'x'.repeat(101) }],
  ['presence.status.update', { statusText: '\u0000' }],
];

test('a wrong value of any field is VALIDATION_FAILED, and nothing is stored', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const messageId = await insertMessage(conversationId, ada, 'As it was');
  const client = await sockets.connect(ada);
  const before = await rows();
  for (const [event, wrong] of wrongFields) {
    const input = { ...whole(), conversationId, messageId, userId: ada.id, ...wrong };
    expect([event, JSON.stringify(wrong).slice(0, 60), await client.code(event, input)]).toEqual([
      event,
      JSON.stringify(wrong).slice(0, 60),
      'VALIDATION_FAILED',
    ]);
  }
  expect(await rows()).toEqual(before);
});
