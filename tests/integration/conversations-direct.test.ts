import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  conversationHeads,
  createDirect,
  deleteConversation,
  getConversation,
  updateConversation,
} from '@/lib/domain/conversations/conversation';
import { userRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { captureEvents } from '@/tests/support/events';
import { idsFor, listFor, refusalOf, say, team } from '@/tests/support/groups';

describe('A direct conversation', () => {
  test('is created once, however many open it at the same moment', async () => {
    const { ada, grace } = await team();
    const both = Array.from({ length: 10 }, () => [createDirect(ada.id, grace.id), createDirect(grace.id, ada.id)]).flat();
    const opened = await Promise.all(both);
    expect(new Set(opened.map(({ conversation }) => conversation.id)).size).toBe(1);
    expect(opened.filter(({ made }) => made)).toHaveLength(1);
    expect(await prisma().participant.count({ where: { conversationId: opened[0]!.conversation.id } })).toBe(2);
  });

  test('is listed only for its creator until it has a message', async () => {
    const { ada, grace } = await team();
    const capture = captureEvents();
    const { conversation } = await createDirect(ada.id, grace.id);
    expect(await idsFor(ada)).toEqual([conversation.id]);
    expect(await idsFor(grace)).toEqual([]);
    expect(await conversationHeads(grace.id)).toEqual([]);
    expect(capture.heardBy(userRoom(ada.id))).toEqual(['conversation.created']);
    expect(capture.heardBy(userRoom(grace.id))).toEqual([]);

    await say(ada, conversation.id, 'Hello');
    expect(await idsFor(grace)).toEqual([conversation.id]);
    expect(capture.heardBy(userRoom(grace.id))).toEqual(['conversation.created']);
  });

  test('has both people, no name, and each person’s own part', async () => {
    const { ada, grace } = await team();
    const { conversation } = await createDirect(ada.id, grace.id);
    await say(ada, conversation.id, 'One');
    const [hers] = (await listFor(grace)).conversations;
    expect(hers).toMatchObject({ kind: 'direct', name: null, visibility: 'private', participantCount: 2, lastSeq: 1 });
    expect(hers?.participants.map(({ user }) => user.id).sort()).toEqual([ada.id, grace.id].sort());
    expect(hers?.lastMessage).toMatchObject({ content: 'One', seq: 1 });
    expect(hers?.me).toMatchObject({ role: 'member', unreadCount: 1, lastReadSeq: 0, notify: 'all', draft: '' });
    expect((await getConversation(ada.id, conversation.id)).me).toMatchObject({ unreadCount: 0, lastReadSeq: 1 });
  });

  test('with yourself is for notes', async () => {
    const { ada } = await team();
    const { conversation, made } = await createDirect(ada.id, ada.id);
    expect(made).toBe(true);
    expect(conversation.participants.map(({ user }) => user.id)).toEqual([ada.id]);
    expect((await createDirect(ada.id, ada.id)).conversation.id).toBe(conversation.id);
  });

  test('with an unknown person is NOT_FOUND', async () => {
    const { ada } = await team();
    expect(await refusalOf(createDirect(ada.id, randomUUID()))).toBe('NOT_FOUND');
  });

  test('can be neither changed nor deleted', async () => {
    const { ada, grace } = await team();
    const { conversation } = await createDirect(ada.id, grace.id);
    expect(await refusalOf(updateConversation(ada.id, conversation.id, { name: 'Us' }))).toBe('FORBIDDEN');
    expect(await refusalOf(deleteConversation(ada.id, conversation.id))).toBe('FORBIDDEN');
  });
});
