import { describe, expect, test } from 'vitest';
import { getConversation, updateMembership } from '@/lib/domain/conversations/conversation';
import { type MemberSettings, updateMembershipSchema } from '@/lib/domain/conversations/schema';
import { defaultSettings, profileSchema, type Settings } from '@/lib/domain/users/schema';
import { getMe, getUser, updateProfile } from '@/lib/domain/users/user';
import { prisma } from '@/lib/platform/db/prisma';
import { makeGroup, team } from '@/tests/support/groups';
import { socketServer } from '@/tests/support/sockets';

const sockets = socketServer();

interface Samples<Value> {
  chosen: Value;
  refused: unknown;
}

/** A valid and an invalid value of every setting. The compiler asks for those of a new one. */
const ofPeople: { [Name in keyof Settings]: Samples<Settings[Name]> } = {
  locale: { chosen: 'de', refused: 'tlh' },
};
const ofMembers: { [Name in keyof MemberSettings]: Samples<MemberSettings[Name]> } = {
  notify: { chosen: 'mentions', refused: 'sometimes' },
};

describe.each(Object.entries(ofPeople))('a person’s setting %s', (name, { chosen, refused }) => {
  const change = (userId: string, value: unknown) => updateProfile(userId, profileSchema.parse({ [name]: value }));

  test('has its default at first, is stored, and outlasts a change of something else', async () => {
    const { ada } = await team();
    expect(await getMe(ada.id)).toMatchObject(defaultSettings);
    expect(await change(ada.id, chosen)).toMatchObject({ [name]: chosen });
    await updateProfile(ada.id, { statusText: 'Out' });
    expect(await getMe(ada.id)).toMatchObject({ ...defaultSettings, [name]: chosen });
  });

  test('reaches the person’s other devices once, and nobody else', async () => {
    const { ada, grace } = await team();
    await makeGroup(ada, [grace]);
    const [own, member] = [await sockets.connect(ada), await sockets.connect(grace)];
    await member.ask('presence.subscribe', { userIds: [ada.id] });
    await change(ada.id, chosen);
    await change(ada.id, chosen);
    const heard = await own.heardSoFar('me.updated');
    expect(heard.map(({ payload }) => payload)).toMatchObject([{ user: { id: ada.id, [name]: chosen } }]);
    for (const event of ['me.updated', 'user.updated'] as const) expect(await member.heardSoFar(event)).toEqual([]);
    expect(await getUser(grace.id, ada.id)).not.toHaveProperty(name);
  });

  test('refuses an unknown value, and reads a stored one as the default', async () => {
    const { ada } = await team();
    expect(profileSchema.safeParse({ [name]: refused }).success).toBe(false);
    await prisma().user.update({ where: { id: ada.id }, data: { [name]: refused } });
    expect(await getMe(ada.id)).toMatchObject(defaultSettings);
  });
});

describe.each(Object.entries(ofMembers))('a member’s setting %s', (name, { chosen, refused }) => {
  const change = (userId: string, conversationId: string, value: unknown) =>
    updateMembership(userId, conversationId, updateMembershipSchema.parse({ [name]: value }));

  test('is stored for this member alone, and outlasts a draft', async () => {
    const { ada, grace } = await team();
    const { id } = await makeGroup(ada, [grace]);
    const before = (await getConversation(grace.id, id)).me;
    expect((await change(ada.id, id, chosen)).me).toMatchObject({ [name]: chosen, draftVersion: 0 });
    expect((await updateMembership(ada.id, id, { draft: 'Dear all' })).me).toMatchObject({ [name]: chosen, draft: 'Dear all' });
    expect((await getConversation(grace.id, id)).me).toEqual(before);
  });

  test('reaches the member’s other devices once, and no other member', async () => {
    const { ada, grace } = await team();
    const { id } = await makeGroup(ada, [grace]);
    const [own, member] = [await sockets.connect(ada), await sockets.connect(grace)];
    await change(ada.id, id, chosen);
    await change(ada.id, id, chosen);
    const heard = await own.heardSoFar('membership.updated');
    expect(heard.map(({ payload }) => payload)).toMatchObject([{ conversationId: id, me: { [name]: chosen } }]);
    expect(await member.heardSoFar('membership.updated')).toEqual([]);
  });

  test('refuses an unknown value, and an outsider', async () => {
    const { ada, grace, mallory } = await team();
    const { id } = await makeGroup(ada, [grace]);
    expect(updateMembershipSchema.safeParse({ [name]: refused }).success).toBe(false);
    await expect(change(mallory.id, id, chosen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
