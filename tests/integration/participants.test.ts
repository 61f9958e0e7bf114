import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockConversationFor } from '@/lib/domain/conversations/access';
import { createDirect } from '@/lib/domain/conversations/conversation';
import {
  addParticipants,
  joinConversation,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from '@/lib/domain/participants/participant';
import { listParticipantsSchema } from '@/lib/domain/participants/schema';
import { endParticipation, insertParticipants } from '@/lib/domain/participants/writer';
import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { transaction } from '@/lib/platform/db/sql';
import { defaultLimits, setLimits } from '@/lib/platform/limits/schema';
import { captureEvents } from '@/tests/support/events';
import { makeGroup, refusalOf, say, team } from '@/tests/support/groups';
import { createPerson, type Person } from '@/tests/support/people';

const list = (person: Person, id: string, query: object = {}) =>
  listParticipants(person.id, id, listParticipantsSchema.parse(query));
const rolesIn = async (person: Person, id: string) =>
  Object.fromEntries((await list(person, id)).participants.map(({ user, role }) => [user.id, role]));
const capacity = (people: number) => {
  setLimits({ participants: people });
  onTestFinished(() => setLimits({ participants: defaultLimits.participants }));
};

describe('Adding', () => {
  test('adds people at the end of the list, and sends the event to them first, then to everybody', async () => {
    const { ada, grace, linus } = await team();
    const group = await makeGroup(ada, [grace]);
    await say(ada, group.id, 'Before');
    const capture = captureEvents();
    const added = await addParticipants(ada.id, group.id, [linus.id, grace.id]);
    expect(added.made).toBe(true);
    expect(added.conversation.participantCount).toBe(3);
    expect(added.participants.map(({ user }) => user.id).sort()).toEqual([grace.id, linus.id].sort());
    expect(capture.moves).toEqual([{ sockets: [userRoom(linus.id)], action: 'join', rooms: [membersRoom(group.id)] }]);
    expect(capture.events.map(({ rooms, event }) => [rooms[0], event])).toEqual([
      [userRoom(linus.id), 'conversation.created'],
      [membersRoom(group.id), 'participant.joined'],
      [membersRoom(group.id), 'conversation.updated'],
      [membersRoom(group.id), 'message.received'],
    ]);
    const created = capture.named('conversation.created')[0]?.payload.conversation;
    expect(created?.me).toMatchObject({ role: 'member', lastReadSeq: 1, unreadCount: 0 });
    expect(capture.named('participant.joined')[0]?.payload.participant.user.id).toBe(linus.id);
    expect(capture.named('conversation.updated')[0]?.payload.conversation).not.toHaveProperty('me');
    expect(capture.named('message.received')[0]?.payload.messages[0]?.metadata).toMatchObject({
      action: 'added',
      userIds: [linus.id],
    });
  });

  test('a member again changes nothing', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace]);
    const capture = captureEvents();
    expect((await addParticipants(ada.id, group.id, [grace.id])).made).toBe(false);
    expect(capture.events).toEqual([]);
  });

  test('is for admins, and in a public group for any member', async () => {
    const { ada, grace, linus } = await team();
    const hidden = await makeGroup(ada, [grace]);
    const open = await makeGroup(ada, [grace], { visibility: 'public' });
    expect(await refusalOf(addParticipants(grace.id, hidden.id, [linus.id]))).toBe('FORBIDDEN');
    expect(await refusalOf(addParticipants(grace.id, open.id, [linus.id]))).toBeNull();
  });

  test('adds all or nobody', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada);
    expect(await refusalOf(addParticipants(ada.id, group.id, [grace.id, randomUUID()]))).toBe('NOT_FOUND');
    expect(Object.keys(await rolesIn(ada, group.id))).toEqual([ada.id]);
  });

  test('never exceeds the limit under concurrency', async () => {
    capacity(4);
    const { ada } = await team();
    const group = await makeGroup(ada);
    const people = await Promise.all(Array.from({ length: 8 }, () => createPerson()));
    const refusals = await Promise.all(people.map((person) => refusalOf(addParticipants(ada.id, group.id, [person.id]))));
    expect(refusals.filter((code) => code === null)).toHaveLength(3);
    expect(refusals.filter((code) => code === 'CONFLICT')).toHaveLength(5);
    expect(await prisma().participant.count({ where: { conversationId: group.id, leftAt: null } })).toBe(4);
    expect(await refusalOf(makeGroup(ada, people))).toBe('CONFLICT');
  });
});

test('the row lock enforces the limit and the last admin between nodes too', async () => {
  capacity(3);
  const { ada, grace } = await team();
  const group = await makeGroup(ada, [grace]);
  const people = await Promise.all(Array.from({ length: 4 }, () => createPerson()));
  const entering = people.map(({ id }) =>
    refusalOf(
      transaction(async (client) => {
        const { conversation } = await lockConversationFor(ada.id, group.id, client);
        await insertParticipants(conversation, [id], client);
      }),
    ),
  );
  expect((await Promise.all(entering)).filter((code) => code === null)).toHaveLength(1);

  await updateParticipant(ada.id, group.id, grace.id, { role: 'admin' });
  const leaving = [ada, grace].map(({ id }) =>
    transaction(async (client) => {
      const { conversation, participant } = await lockConversationFor(id, group.id, client);
      return endParticipation(conversation, participant, client);
    }),
  );
  expect((await Promise.all(leaving)).filter(({ heirId }) => heirId !== null)).toHaveLength(1);
});

describe('Joining', () => {
  test('a public group works once, and a repeated call changes nothing', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [], { visibility: 'public' });
    await say(ada, group.id, 'Before');
    const joined = await joinConversation(grace.id, group.id);
    expect(joined).toMatchObject({ made: true, participant: { role: 'member', lastReadSeq: 1 } });
    expect(joined.conversation.me?.unreadCount).toBe(0);
    expect(joined.conversation.lastMessage?.content).toBe('Before');
    const capture = captureEvents();
    expect((await joinConversation(grace.id, group.id)).made).toBe(false);
    expect(capture.events).toEqual([]);
  });

  test('a private group is NOT_FOUND', async () => {
    const { ada, mallory } = await team();
    const group = await makeGroup(ada);
    expect(await refusalOf(joinConversation(mallory.id, group.id))).toBe('NOT_FOUND');
    expect(await refusalOf(joinConversation(mallory.id, randomUUID()))).toBe('NOT_FOUND');
  });

  test('again after leaving starts afresh: as a member, at the end of the list', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace], { visibility: 'public' });
    await updateParticipant(ada.id, group.id, grace.id, { role: 'admin' });
    await removeParticipant(grace.id, group.id, grace.id);
    await say(ada, group.id, 'While you were away');
    const { participant, conversation } = await joinConversation(grace.id, group.id);
    expect(participant).toMatchObject({ role: 'member', leftAt: null, lastReadSeq: 1 });
    expect(conversation.me?.unreadCount).toBe(0);
  });

  test('a group without members makes an admin', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [], { visibility: 'public' });
    await removeParticipant(ada.id, group.id, ada.id);
    expect((await joinConversation(grace.id, group.id)).participant.role).toBe('admin');
  });
});

describe('A role', () => {
  test('is given and taken by admins, and everybody gets the event', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace]);
    const capture = captureEvents();
    expect((await updateParticipant(ada.id, group.id, grace.id, { role: 'admin' })).role).toBe('admin');
    expect(capture.events.map(({ rooms, event }) => [rooms[0], event])).toEqual([
      [membersRoom(group.id), 'participant.updated'],
      [userRoom(grace.id), 'membership.updated'],
      [membersRoom(group.id), 'message.received'],
    ]);
    expect(capture.named('membership.updated')[0]?.payload.me).toMatchObject({ role: 'admin', may: { setRoles: true } });
    expect((await updateParticipant(ada.id, group.id, ada.id, { role: 'member' })).role).toBe('member');
    expect(await rolesIn(ada, group.id)).toEqual({ [ada.id]: 'member', [grace.id]: 'admin' });
  });

  test('cannot be given by a member, nor to an outsider', async () => {
    const { ada, grace, mallory } = await team();
    const group = await makeGroup(ada, [grace]);
    expect(await refusalOf(updateParticipant(grace.id, group.id, grace.id, { role: 'admin' }))).toBe('FORBIDDEN');
    expect(await refusalOf(updateParticipant(ada.id, group.id, mallory.id, { role: 'admin' }))).toBe('NOT_FOUND');
  });

  test('a group keeps an admin, even when all step down at once', async () => {
    const { ada, grace } = await team();
    const group = await makeGroup(ada, [grace]);
    await updateParticipant(ada.id, group.id, grace.id, { role: 'admin' });
    const steps = [ada, grace].map((person) =>
      refusalOf(updateParticipant(person.id, group.id, person.id, { role: 'member' })),
    );
    expect((await Promise.all(steps)).sort()).toEqual(['CONFLICT', null].sort());
    expect(Object.values(await rolesIn(ada, group.id)).sort()).toEqual(['admin', 'member']);
  });
});

test('the list is ordered by joining time, and its pages have no gap and no duplicate', async () => {
  const { ada } = await team();
  const others = await Promise.all(Array.from({ length: 6 }, () => createPerson()));
  const group = await makeGroup(ada, others);
  expect(group.participantCount).toBe(7);
  expect(group.participants).toHaveLength(5);
  expect(group.participants[0]?.user.id).toBe(ada.id);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await list(ada, group.id, { limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.participants.map(({ user }) => user.id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual([ada.id, ...others.map(({ id }) => id).sort()]);
});

test('a direct conversation permits no change of members', async () => {
  const { ada, grace, linus } = await team();
  const { conversation } = await createDirect(ada.id, grace.id);
  const doors = [
    () => addParticipants(ada.id, conversation.id, [linus.id]),
    () => removeParticipant(ada.id, conversation.id, grace.id),
    () => removeParticipant(ada.id, conversation.id, ada.id),
    () => updateParticipant(ada.id, conversation.id, grace.id, { role: 'admin' }),
  ];
  for (const door of doors) expect(await refusalOf(door())).toBe('FORBIDDEN');
  expect(await refusalOf(joinConversation(linus.id, conversation.id))).toBe('NOT_FOUND');
});

test('an outsider finds nobody, changes nobody, and gets no event', async () => {
  const { ada, grace, mallory } = await team();
  for (const visibility of ['private', 'public']) {
    const group = await makeGroup(ada, [grace], { visibility });
    const capture = captureEvents();
    const doors = [
      () => list(mallory, group.id),
      () => addParticipants(mallory.id, group.id, [mallory.id]),
      () => updateParticipant(mallory.id, group.id, grace.id, { role: 'admin' }),
      () => removeParticipant(mallory.id, group.id, grace.id),
      () => removeParticipant(mallory.id, group.id, mallory.id),
    ];
    for (const door of doors) expect(await refusalOf(door())).toBe('NOT_FOUND');
    expect(capture.events).toEqual([]);
    expect(Object.keys(await rolesIn(ada, group.id))).toHaveLength(2);
  }
});
