import { describe, expect, test } from 'vitest';
import { createDirect, deleteConversation, getConversation, updateConversation } from '@/lib/domain/conversations/conversation';
import { type Conversation, type Permission, permissionSchema } from '@/lib/domain/conversations/schema';
import { deleteMessage } from '@/lib/domain/messages/message';
import { addParticipants, removeParticipant, updateParticipant } from '@/lib/domain/participants/participant';
import { pinMessage } from '@/lib/domain/pins/pin';
import { userRoom } from '@/lib/domain/rooms';
import { captureEvents } from '@/tests/support/events';
import { makeGroup, refusalOf, say, team } from '@/tests/support/groups';
import { runJobs } from '@/tests/support/jobs';
import { createPerson, type Person } from '@/tests/support/people';

/** Grace acts. Ada created the conversation, and Linus is in it if it is a group. */
interface Scene {
  ada: Person;
  grace: Person;
  linus: Person;
  mallory: Person;
  conversation: Conversation;
}

/** The verb that each permission allows. */
const deeds: Record<Permission, (actor: Person, scene: Scene) => Promise<unknown>> = {
  send: (actor, { conversation: { id } }) => say(actor, id, 'Hello'),
  pin: async (actor, { ada, conversation: { id } }) => pinMessage(actor.id, (await say(ada, id, 'Keep this')).id),
  invite: async (actor, { conversation: { id } }) => addParticipants(actor.id, id, [(await createPerson()).id]),
  edit: (actor, { conversation: { id } }) => updateConversation(actor.id, id, { name: 'Linkers' }),
  delete: (actor, { conversation: { id } }) => deleteConversation(actor.id, id),
  leave: (actor, { conversation: { id } }) => removeParticipant(actor.id, id, actor.id),
  removePeople: (actor, { ada, conversation: { id } }) => removeParticipant(actor.id, id, ada.id),
  setRoles: (actor, { ada, conversation: { id } }) => updateParticipant(actor.id, id, ada.id, { role: 'admin' }),
  deleteMessages: async (actor, { ada, conversation: { id } }) => {
    const message = await say(ada, id, 'Not hers');
    return deleteMessage(actor.id, message.id);
  },
};

const group = async (visibility: 'private' | 'public', role: 'admin' | 'member'): Promise<Scene> => {
  const people = await team();
  const conversation = await makeGroup(people.ada, [people.grace, people.linus], { visibility });
  if (role === 'admin') await updateParticipant(people.ada.id, conversation.id, people.grace.id, { role });
  return { ...people, conversation };
};

const direct = async (): Promise<Scene> => {
  const people = await team();
  const { conversation } = await createDirect(people.ada.id, people.grace.id);
  return { ...people, conversation };
};

const members: Permission[] = ['send', 'pin', 'leave'];
const scenes: [string, () => Promise<Scene>, Permission[]][] = [
  ['an admin of a private group', () => group('private', 'admin'), permissionSchema.options],
  ['a member of a private group', () => group('private', 'member'), members],
  ['an admin of a public group', () => group('public', 'admin'), permissionSchema.options],
  ['a member of a public group', () => group('public', 'member'), [...members, 'invite']],
  ['one of the two of a direct conversation', direct, ['send', 'pin']],
];

describe.each(scenes)('%s', (_who, build, allowed) => {
  test('gets all of their permissions', async () => {
    const { grace, conversation } = await build();
    const expected = permissionSchema.options.map((permission) => [permission, allowed.includes(permission)]);
    expect((await getConversation(grace.id, conversation.id)).me?.may).toEqual(Object.fromEntries(expected));
  });

  test.each(permissionSchema.options)('may %s as their permissions say, and an outsider gets NOT_FOUND', async (permission) => {
    const scene = await build();
    expect(await refusalOf(deeds[permission](scene.mallory, scene))).toBe('NOT_FOUND');
    expect(await refusalOf(deeds[permission](scene.grace, scene))).toBe(allowed.includes(permission) ? null : 'FORBIDDEN');
  });
});

describe('A change of permissions reaches the person’s devices at once', () => {
  const told = (capture: ReturnType<typeof captureEvents>, person: Person) =>
    capture.named('membership.updated').filter(({ rooms }) => rooms.includes(userRoom(person.id)));

  test('with a new role, and nobody else’s devices', async () => {
    const { ada, grace, conversation } = await group('private', 'member');
    const capture = captureEvents();
    await updateParticipant(ada.id, conversation.id, grace.id, { role: 'admin' });
    const [event] = told(capture, grace);
    expect(event?.payload).toMatchObject({ conversationId: conversation.id, me: { role: 'admin', may: { edit: true } } });
    expect(capture.named('membership.updated')).toHaveLength(1);
  });

  test('of a person who becomes admin because the last one left', async () => {
    const { ada, grace, conversation } = await group('private', 'member');
    const capture = captureEvents();
    await removeParticipant(ada.id, conversation.id, ada.id);
    expect(told(capture, grace)[0]?.payload.me).toMatchObject({ role: 'admin', may: { removePeople: true } });
    expect(told(capture, ada)).toEqual([]);
  });

  test('of everybody in a group that becomes public or private, and of no outsider', async () => {
    const { ada, grace, linus, mallory, conversation } = await group('private', 'member');
    const capture = captureEvents();
    await updateConversation(ada.id, conversation.id, { visibility: 'public' });
    await runJobs();
    for (const member of [grace, linus]) expect(told(capture, member)[0]?.payload.me.may.invite).toBe(true);
    capture.clear();
    await updateConversation(ada.id, conversation.id, { visibility: 'private' });
    await runJobs();
    for (const member of [grace, linus]) expect(told(capture, member)[0]?.payload.me.may.invite).toBe(false);
    expect(told(capture, mallory)).toEqual([]);
    capture.clear();
    await updateConversation(ada.id, conversation.id, { name: 'Linkers' });
    await runJobs();
    expect(capture.named('membership.updated')).toEqual([]);
  });
});
