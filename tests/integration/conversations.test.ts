import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import {
  conversationHeads,
  createDirect,
  deleteConversation,
  getConversation,
  updateConversation,
  updateMembership,
} from '@/lib/domain/conversations/conversation';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { captureEvents } from '@/tests/support/events';
import { createImage, idsFor, listFor, makeGroup, refusalOf, say, team } from '@/tests/support/groups';
import { runJobs } from '@/tests/support/jobs';

describe('A group', () => {
  test('is announced once to each of its people, with their own part', async () => {
    const { ada, grace } = await team();
    const capture = captureEvents();
    const group = await makeGroup(ada, [grace, grace, ada], { description: ' Weekly ' });
    expect(group).toMatchObject({ name: 'Compilers', description: 'Weekly', visibility: 'private', participantCount: 2 });
    expect(group.participants.map(({ user, role }) => [user.id, role])).toEqual([
      [ada.id, 'admin'],
      [grace.id, 'member'],
    ]);
    const roles = capture.named('conversation.created').map(({ rooms, payload }) => [rooms, payload.conversation.me?.role]);
    expect(roles).toEqual([
      [[userRoom(ada.id)], 'admin'],
      [[userRoom(grace.id)], 'member'],
    ]);
    expect(capture.moves[0]).toEqual({
      sockets: [userRoom(ada.id), userRoom(grace.id)],
      action: 'join',
      rooms: [membersRoom(group.id)],
    });
    expect(capture.named('message.received')[0]?.payload.messages[0]?.metadata).toEqual({
      action: 'created',
      actorId: ada.id,
      name: 'Compilers',
    });
    expect(group.lastMessage).toBeNull();
    expect(group.me?.unreadCount).toBe(0);
  });

  test('is not created with an unknown person, and then nothing is stored', async () => {
    const { ada } = await team();
    expect(await refusalOf(makeGroup(ada, [], { memberIds: [randomUUID()] }))).toBe('NOT_FOUND');
    expect(await prisma().conversation.count({ where: { createdById: ada.id } })).toBe(0);
  });

  test('can be created ten times an hour by one person', async () => {
    const { ada } = await team();
    for (let made = 0; made < 10; made += 1) await makeGroup(ada);
    expect(await refusalOf(makeGroup(ada))).toBe('RATE_LIMIT_EXCEEDED');
  });

  test('takes a picture of its creator that is not used elsewhere', async () => {
    const { ada, grace } = await team();
    const imageId = await createImage(ada);
    const group = await makeGroup(ada, [], { imageId });
    expect(group.image).toBe(`/api/uploads/${imageId}/picture`);
    const refused = [imageId, await createImage(grace), await createImage(ada, 'text/plain'), randomUUID()];
    for (const id of refused) expect(await refusalOf(makeGroup(ada, [], { imageId: id }))).toBe('NOT_FOUND');
    expect((await updateConversation(ada.id, group.id, { imageId: null })).image).toBeNull();
    expect((await updateConversation(ada.id, group.id, { imageId })).image).toBe(group.image);
  });

  test('is changed by its admins: everybody gets the event, without anybody’s own part', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace]);
    const capture = captureEvents();
    const changed = await updateConversation(ada.id, group.id, { name: 'Linkers', visibility: 'public' });
    expect(changed).toMatchObject({ name: 'Linkers', visibility: 'public', me: { role: 'admin' } });
    const [updated] = capture.named('conversation.updated');
    expect(updated?.rooms).toEqual([membersRoom(group.id)]);
    expect(updated?.payload.conversation.name).toBe('Linkers');
    expect(updated?.payload.conversation).not.toHaveProperty('me');
    expect(capture.named('message.received')[0]?.payload.messages[0]?.metadata).toMatchObject({
      action: 'renamed',
      name: 'Linkers',
    });

    capture.clear();
    await updateConversation(ada.id, group.id, { name: 'Linkers' });
    expect(capture.events).toEqual([]);
  });

  test('cannot be changed or deleted by its members', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace]);
    expect(await refusalOf(updateConversation(grace.id, group.id, { name: 'Mine' }))).toBe('FORBIDDEN');
    expect(await refusalOf(deleteConversation(grace.id, group.id))).toBe('FORBIDDEN');
  });

  test('when deleted, is gone for everybody; a repeated call by the same admin succeeds', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace]);
    const capture = captureEvents();
    await deleteConversation(ada.id, group.id);
    expect(capture.moves.map(({ action }) => action)).toEqual(['leave']);
    expect(capture.named('conversation.removed').map(({ rooms, payload }) => [rooms[0], payload.reason])).toEqual(
      expect.arrayContaining([
        [userRoom(ada.id), 'deleted'],
        [userRoom(grace.id), 'deleted'],
      ]),
    );
    expect(await idsFor(grace)).not.toContain(group.id);
    expect(await refusalOf(getConversation(ada.id, group.id))).toBe('NOT_FOUND');
    expect(await refusalOf(listMessages(ada.id, group.id, historySchema.parse({})))).toBe('NOT_FOUND');

    capture.clear();
    expect(await refusalOf(deleteConversation(ada.id, group.id))).toBeNull();
    expect(capture.events).toEqual([]);
    expect(await refusalOf(deleteConversation(grace.id, group.id))).toBe('NOT_FOUND');
  });
});

describe('The list', () => {
  test('is ordered by newest message, and its pages have no gap and no duplicate', async () => {
    const { ada, grace } = await team();
    const made: Conversation[] = [];
    for (let count = 0; count < 5; count += 1) made.push(await makeGroup(ada, [grace], { name: `Group ${count}` }));
    await say(grace, made[1]!.id, 'Up');
    const expected = [1, 4, 3, 2, 0].map((index) => made[index]!.id);
    expect(await idsFor(ada)).toEqual(expected);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listFor(ada, { limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.conversations.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(expected);
  });

  test('costs the same few statements for any number of conversations', async () => {
    const { ada, grace, linus } = await team();
    const statements = async () => {
      const query = vi.spyOn(pool(), 'query');
      const { conversations } = await listFor(ada);
      const count = query.mock.calls.length;
      query.mockRestore();
      return { count, shown: conversations.length };
    };
    const first = await makeGroup(ada, [grace, linus]);
    await say(grace, first.id, 'One');
    const few = await statements();
    for (let made = 1; made < 9; made += 1) {
      const { id } = await makeGroup(ada, [grace, linus]);
      await say(grace, id, 'One');
    }
    expect(await statements()).toEqual({ count: few.count, shown: 9 });
    expect(few.count).toBeLessThanOrEqual(6);
  });

  test('refuses a forged cursor', async () => {
    const { ada } = await team();
    for (const cursor of ['nonsense', 'W10', Buffer.from('[1e300,"x"]').toString('base64url')])
      expect(await refusalOf(listFor(ada, { cursor }))).toBe('VALIDATION_FAILED');
  });
});

describe('One’s own part', () => {
  test('is changed by its owner alone, and only the owner’s other devices are told', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace]);
    const capture = captureEvents();
    const changed = await updateMembership(ada.id, group.id, { notify: 'mentions', draft: 'Dear all' });
    expect(changed.me).toMatchObject({ notify: 'mentions', draft: 'Dear all' });
    expect(capture.events.map(({ rooms, event, payload }) => ({ rooms, event, payload }))).toEqual([
      {
        rooms: [userRoom(ada.id)],
        event: 'draft.updated',
        payload: { conversationId: group.id, draft: 'Dear all', version: 1 },
      },
      {
        rooms: [userRoom(ada.id)],
        event: 'membership.updated',
        payload: { conversationId: group.id, me: changed.me },
      },
    ]);
    capture.clear();
    await updateMembership(ada.id, group.id, { notify: 'mentions' });
    expect(capture.events, 'what stays as it is').toEqual([]);
    expect((await getConversation(grace.id, group.id)).me).toMatchObject({ notify: 'all', draft: '' });
    const { me } = await updateMembership(ada.id, group.id, { notify: 'none' });
    expect(me, 'a draft that stays is as new as it was').toMatchObject({ draft: 'Dear all', draftVersion: 1 });
    await updateMembership(ada.id, group.id, { draft: '' });
    expect(capture.named('draft.updated').at(-1)?.payload).toMatchObject({ draft: '', version: 2 });
  });
});

test('tells each member of a group that becomes public or private what they may do now, about themselves only', async () => {
  const { ada, grace, mallory } = await team();
  const group = await makeGroup(ada, [grace]);
  // Completes the jobs of earlier tests.
  await runJobs();
  const capture = captureEvents();
  await updateConversation(ada.id, group.id, { visibility: 'public' });
  await runJobs();
  const told = capture
    .named('membership.updated')
    .map(({ rooms, payload }) => [rooms[0], payload.me.role, payload.me.may.invite]);
  expect(told.toSorted()).toEqual(
    [
      [userRoom(ada.id), 'admin', true],
      [userRoom(grace.id), 'member', true],
    ].toSorted(),
  );
  expect(capture.heardBy(userRoom(mallory.id))).toEqual([]);
  capture.clear();
  await updateConversation(ada.id, group.id, { description: 'Another one' });
  await runJobs();
  expect(capture.named('membership.updated')).toEqual([]);
});

test('heads are returned only for one’s own conversations', async () => {
  const { ada, grace, mallory } = await team();
  const group = await makeGroup(ada, [grace]);
  await say(ada, group.id, 'One');
  const heads = await conversationHeads(grace.id, [group.id, randomUUID()]);
  expect(heads).toEqual([{ conversationId: group.id, lastSeq: 1, lastRev: 2, lastReadSeq: 0 }]);
  expect(await conversationHeads(mallory.id, [group.id])).toEqual([]);
});

test('an outsider finds nothing of it, and gets no event', async () => {
  const { ada, grace, mallory } = await team();
  const group = await makeGroup(ada, [grace]);
  const { conversation: direct } = await createDirect(ada.id, grace.id);
  const capture = captureEvents();
  for (const { id } of [group, direct]) {
    expect(await refusalOf(getConversation(grace.id, id))).toBeNull();
    const doors = [
      () => getConversation(mallory.id, id),
      () => updateConversation(mallory.id, id, { name: 'Mine' }),
      () => deleteConversation(mallory.id, id),
      () => updateMembership(mallory.id, id, { draft: 'x' }),
    ];
    for (const door of doors) expect(await refusalOf(door())).toBe('NOT_FOUND');
  }
  expect(await idsFor(mallory)).toEqual([]);
  expect(capture.events).toEqual([]);
});
