import { expect, test } from 'vitest';
import { profileSchema } from '@/lib/domain/users/schema';
import { updateProfile } from '@/lib/domain/users/user';
import { makeGroup, say, team } from '@/tests/support/groups';
import type { Person } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

const sockets = socketServer();

const change = (person: Person, changes: object) => updateProfile(person.id, profileSchema.parse(changes));

test('a new name, handle or picture reaches people who share a conversation or show the person, and their own devices, once', async () => {
  const { ada, grace, linus } = await team();
  for (let groups = 0; groups < 3; groups += 1) await makeGroup(ada, [grace]);
  const [own, member, viewer] = [await sockets.connect(ada), await sockets.connect(grace), await sockets.connect(linus)];
  await member.ask('presence.subscribe', { userIds: [ada.id] });
  await viewer.ask('presence.subscribe', { userIds: [ada.id] });
  await change(ada, { name: 'Ada King', handle: `${ada.handle}-king` });
  for (const client of [own, member, viewer]) {
    const heard = await client.heardSoFar('user.updated');
    expect(heard.map(({ payload }) => payload)).toMatchObject([{ user: { id: ada.id, name: 'Ada King' } }]);
    // The public shape: no e-mail address, no role.
    expect(JSON.stringify(heard)).not.toMatch(/email|"role"/);
  }
});

test('an outsider receives nothing, and neither does a person who left', async () => {
  const { ada, grace, linus, mallory } = await team();
  const { id } = await makeGroup(ada, [grace, linus]);
  const [member, former, outsider] = [
    ...[await sockets.connect(grace), await sockets.connect(linus), await sockets.connect(mallory)],
  ];
  await former?.ask('participant.remove', { conversationId: id, userId: 'me' });
  await change(ada, { name: 'Ada King' });
  await member?.hear('user.updated');
  for (const client of [former, outsider]) expect(await client?.heardSoFar('user.updated')).toEqual([]);
});

test('an unchanged profile causes no event, and neither does a change that presence announces', async () => {
  const { ada, grace } = await team();
  await makeGroup(ada, [grace]);
  const member = await sockets.connect(grace);
  await change(ada, { name: ada.name, handle: ada.handle, statusText: 'Thinking' });
  expect(await member.heardSoFar('user.updated')).toEqual([]);
});

test('of several concurrent changes the last event has the stored state', async () => {
  const { ada, grace } = await team();
  await makeGroup(ada, [grace]);
  const member = await sockets.connect(grace);
  await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => change(ada, { name })));
  const heard = await member.heardSoFar('user.updated');
  const last = heard.at(-1)?.payload as { user: { name: string } };
  const { name } = await change(ada, {});
  expect(last.user.name).toBe(name);
});

test('a page of messages that was read before shows the new name', async () => {
  const { ada, grace } = await team();
  const { id } = await makeGroup(ada, [grace]);
  await say(ada, id, 'Hello');
  const member = await sockets.connect(grace);
  const senders = async () => {
    const { messages } = await member.ask('message.history', { conversationId: id });
    return [...new Set(messages.map(({ sender }) => sender.name))];
  };
  // Kept in memory after the second read, and returned by the third one.
  for (let times = 0; times < 3; times += 1) expect(await senders()).toEqual([ada.name]);
  await change(ada, { name: 'Ada King' });
  expect(await senders()).toEqual(['Ada King']);
});
