import { describe, expect, test } from 'vitest';
import { getConversation } from '@/lib/domain/conversations/conversation';
import { addParticipants, listParticipants, removeParticipant, updateParticipant } from '@/lib/domain/participants/participant';
import { listParticipantsSchema } from '@/lib/domain/participants/schema';
import { chatRoom, membersRoom, userRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { captureEvents } from '@/tests/support/events';
import { makeGroup, refusalOf, team } from '@/tests/support/groups';
import type { Person } from '@/tests/support/people';

const list = (person: Person, id: string, query: object = {}) =>
  listParticipants(person.id, id, listParticipantsSchema.parse(query));
const rolesIn = async (person: Person, id: string) =>
  Object.fromEntries((await list(person, id)).participants.map(({ user, role }) => [user.id, role]));
describe('Leaving and removing', () => {
  test('take the sockets out of the rooms before any other event', async () => {
    const { ada, grace, linus } = await team();
    const group = await makeGroup(ada, [grace, linus]);
    for (const [actor, target, reason] of [
      [ada, grace, 'removed'],
      [linus, linus, 'left'],
    ] as const) {
      const capture = captureEvents();
      await removeParticipant(actor.id, group.id, target.id);
      expect(capture.moves).toEqual([
        { sockets: [userRoom(target.id)], action: 'leave', rooms: [membersRoom(group.id), chatRoom(group.id)] },
      ]);
      expect(capture.events.map(({ rooms, event }) => [rooms[0], event])).toEqual([
        [userRoom(target.id), 'conversation.removed'],
        [membersRoom(group.id), 'participant.left'],
        [membersRoom(group.id), 'conversation.updated'],
        [membersRoom(group.id), 'message.received'],
      ]);
      expect(capture.named('conversation.removed')[0]?.payload).toEqual({ conversationId: group.id, reason });
      expect(capture.named('participant.left')[0]?.payload.participant.leftAt).not.toBeNull();
      expect(await refusalOf(getConversation(target.id, group.id))).toBe('NOT_FOUND');
      expect(await refusalOf(list(target, group.id))).toBe('NOT_FOUND');
    }
    expect(Object.keys(await rolesIn(ada, group.id))).toEqual([ada.id]);
  });

  test('repeated, changes nothing', async () => {
    const { ada, grace, linus } = await team();
    const group = await makeGroup(ada, [grace, linus]);
    await removeParticipant(grace.id, group.id, grace.id);
    await removeParticipant(ada.id, group.id, linus.id);
    const capture = captureEvents();
    expect(await refusalOf(removeParticipant(grace.id, group.id, grace.id))).toBeNull();
    expect(await refusalOf(removeParticipant(ada.id, group.id, linus.id))).toBeNull();
    expect(capture.events).toEqual([]);
  });

  test('of another person are for admins, and only a member can be removed', async () => {
    const { ada, grace, linus, mallory } = await team();
    const group = await makeGroup(ada, [grace, linus]);
    expect(await refusalOf(removeParticipant(grace.id, group.id, linus.id))).toBe('FORBIDDEN');
    expect(await refusalOf(removeParticipant(ada.id, group.id, mallory.id))).toBe('NOT_FOUND');
  });

  test('by the last admin hand the role over to the longest-standing member', async () => {
    const { ada, grace, linus } = await team();
    const group = await makeGroup(ada);
    await addParticipants(ada.id, group.id, [linus.id]);
    await addParticipants(ada.id, group.id, [grace.id]);
    const capture = captureEvents();
    await removeParticipant(ada.id, group.id, ada.id);
    expect(await rolesIn(grace, group.id)).toEqual({ [linus.id]: 'admin', [grace.id]: 'member' });
    expect(capture.named('participant.updated')[0]?.payload.participant).toMatchObject({
      role: 'admin',
      user: { id: linus.id },
    });
  });

  test('by all admins at once still leave one', async () => {
    const { ada, grace, linus } = await team();
    const group = await makeGroup(ada, [grace, linus]);
    await updateParticipant(ada.id, group.id, grace.id, { role: 'admin' });
    await Promise.all([ada, grace].map((person) => removeParticipant(person.id, group.id, person.id)));
    expect(await rolesIn(linus, group.id)).toEqual({ [linus.id]: 'admin' });
  });

  test('by the last person delete a private group, and may be repeated', async () => {
    const { ada } = await team();
    const group = await makeGroup(ada);
    expect(await refusalOf(removeParticipant(ada.id, group.id, ada.id))).toBeNull();
    const row = await prisma().conversation.findUniqueOrThrow({ where: { id: group.id } });
    expect(row.deletedAt).not.toBeNull();
    expect(await refusalOf(removeParticipant(ada.id, group.id, ada.id))).toBeNull();
  });
});
