import { expect, test } from 'vitest';
import { getConversation, listPublicConversations } from '@/lib/domain/conversations/conversation';
import { publicConversationsSchema } from '@/lib/domain/conversations/schema';
import { joinConversation } from '@/lib/domain/participants/participant';
import { makeGroup, say, team } from '@/tests/support/groups';
import type { Person } from '@/tests/support/people';

const find = (person: Person, query: object) => listPublicConversations(person.id, publicConversationsSchema.parse(query));

test('an outsider’s preview of a public group shows its description and members, but no messages', async () => {
  const { ada, grace, mallory } = await team();
  const group = await makeGroup(ada, [grace], { name: 'Town hall', visibility: 'public' });
  await say(ada, group.id, 'Secret until you join');
  const preview = await getConversation(mallory.id, group.id);
  expect(preview).toMatchObject({ name: 'Town hall', participantCount: 2, me: null, lastMessage: null });
  const [listed] = (await find(mallory, { q: 'town' })).conversations;
  expect(listed).toEqual(preview);
  expect(JSON.stringify(listed)).not.toContain('Secret');

  await joinConversation(mallory.id, group.id);
  const [joined] = (await find(mallory, { q: 'town' })).conversations;
  expect(joined).toMatchObject({ me: { role: 'member' }, lastMessage: { content: 'Secret until you join' } });
});

test('the list has only public groups, found by parts of their words, taken literally', async () => {
  const { ada, mallory } = await team();
  const percent = await makeGroup(ada, [], { name: '100% Rust_lang', visibility: 'public' });
  const described = await makeGroup(ada, [], { name: 'Birds', description: 'Rust-coloured ones', visibility: 'public' });
  await makeGroup(ada, [], { name: 'Private rust' });
  const namesOf = async (q: string) => (await find(mallory, { q })).conversations.map(({ id }) => id);
  expect(await namesOf('rust')).toEqual([described.id, percent.id]);
  expect(await namesOf('0% r')).toEqual([percent.id]);
  expect(await namesOf('t_l')).toEqual([percent.id]);
  expect(await namesOf('%')).toEqual([percent.id]);
  expect(await namesOf('\\')).toEqual([]);
});

test('its pages have no gap and no duplicate', async () => {
  const { ada, mallory } = await team();
  const made = [];
  for (let count = 0; count < 5; count += 1)
    made.push(await makeGroup(ada, [], { name: `Paged ${count}`, visibility: 'public' }));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await find(mallory, { q: 'paged', limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...page.conversations.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(made.map(({ id }) => id).reverse());
});
