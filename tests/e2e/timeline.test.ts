import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { glowed, holdHistory, placeOf, scrollUp, topRow } from '@/tests/e2e/support/place';

const pill = ({ page }: Actor) => page.getByRole('button', { name: /jump to the end/i });

test('new messages do not move a person who reads further up: a pill counts them, and leads down', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await bob.group('Long story', [ada]);
  await bob.sendMany(id, 60);
  await bob.open(id);
  await expect(bob.row('Message 60')).toBeInViewport();
  await expect(pill(bob)).toHaveCount(0);
  await scrollUp(bob, 900);
  await expect(pill(bob)).toHaveAccessibleName('Jump to the end');
  const { text, y } = await topRow(bob);

  for (const n of [1, 2, 3]) await ada.send(id, `News ${n}`);
  await expect(pill(bob)).toHaveAccessibleName('3 new, jump to the end');
  await ada.ask('PUT', `/api/conversations/${id}/messages/${(await ada.history(id)).at(-1)?.id}/reactions/🎉`);
  await expect(bob.listed('Long story').getByText('3 unread')).toBeAttached();
  expect(Math.abs((await placeOf(bob, text)) - y)).toBeLessThanOrEqual(1);
  expect(await bob.unread(id), 'what was not seen is not read').toBe(3);

  await pill(bob).click();
  await expect(bob.row('News 3')).toBeInViewport();
  await expect(pill(bob)).toHaveCount(0);
  await expect(bob.listed('Long story')).not.toContainText('unread');
  await expect.poll(() => bob.unread(id)).toBe(0);
});

test('sending a message scrolls to the end from anywhere', { tag: '@one-browser' }, async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Long story', []);
  await bob.sendMany(id, 60);
  await bob.open(id);
  await scrollUp(bob, 1_200);
  await bob.say('Back to the present');
  await expect(bob.row('Back to the present')).toBeInViewport();
  await expect(pill(bob)).toHaveCount(0);
});

test('older history loads above without moving the view, up to the beginning', { tag: '@one-browser' }, async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await bob.sendMany(id, 120);
  const release = await holdHistory(bob);
  await bob.open(id);
  await scrollUp(bob, 2_000);
  await expect(bob.timeline.getByRole('status', { name: 'Loading messages' })).toBeInViewport();
  const { text, y } = await topRow(bob);
  await release();
  await expect(bob.timeline.getByRole('status', { name: 'Loading messages' })).not.toBeInViewport();
  expect(Math.abs((await placeOf(bob, text)) - y)).toBeLessThanOrEqual(1);

  await expect(async () => {
    await scrollUp(bob, 1_500);
    await expect(bob.row('Message 1')).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(bob.timeline).toContainText('Here begins Archive');
  const all = await bob.rows.getByTestId('message-text').allTextContents();
  expect(all.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, index) => `Message ${index + 1}`));
});

test('a link to a message opens around it and highlights it; one click leads to the end', { tag: '@one-browser' }, async ({
  person,
}) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  const messages = await bob.sendMany(id, 120);
  const lit = await glowed(bob);
  await bob.visit(`/c/${id}?m=${messages[19]?.id}`);
  await expect(bob.row('Message 20')).toBeInViewport();
  await expect(bob.row('Message 20')).toBeFocused();
  await expect.poll(lit).toEqual([messages[19]?.id]);
  await expect(bob.row('Message 19')).toBeInViewport();
  await expect(bob.row('Message 21')).toBeInViewport();
  await expect(bob.row('Message 120')).toHaveCount(0);
  await pill(bob).click();
  await expect(bob.row('Message 120')).toBeInViewport();
});

test('a conversation reopens at its last scroll position', { tag: '@one-browser' }, async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await bob.group('Elsewhere', []);
  await bob.sendMany(id, 60);
  await bob.open(id);
  await scrollUp(bob, 800);
  const { text, y } = await topRow(bob);
  await bob.listed('Elsewhere').click();
  await expect(bob.page.getByRole('heading', { name: 'Elsewhere' })).toBeVisible();
  await bob.listed('Archive').click();
  await expect(bob.row(text)).toBeInViewport();
  expect(Math.abs((await placeOf(bob, text)) - y)).toBeLessThanOrEqual(1);
});
