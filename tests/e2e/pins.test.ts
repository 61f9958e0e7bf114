import type { Locator } from '@playwright/test';
import type { Actor } from '@/tests/e2e/support/actor';
import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { expectNothingSideways, expectStill, recordShifts } from '@/tests/e2e/support/layout';
import { phone } from '@/tests/e2e/support/phone';
import { hits, panel } from '@/tests/e2e/support/search';

const bar = ({ page }: Actor): Locator => page.getByRole('region', { name: 'Pinned messages', exact: true });
const details = ({ page }: Actor): Locator => page.getByRole('complementary', { name: 'Details' });
const pin = (actor: Actor, conversationId: string, messageId: string) =>
  actor.ask('PUT', `/api/conversations/${conversationId}/pins/${messageId}`);

test('a pin shows on every screen at once, says who pinned it, and goes when somebody unpins it', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Papers', [bob]);
  await bob.send(id, 'The **plan** for Thursday');
  await Promise.all([ada.open(id), bob.open(id)]);
  await expect(bar(ada)).toHaveCount(0);
  await ada.choose('plan', 'Pin');
  await expect(ada.row('plan').getByText('Pinned by you')).toBeVisible();
  await expect(bob.row('plan').getByText('Pinned by Ada Lovelace')).toBeVisible();
  for (const actor of [ada, bob]) {
    await expect(bar(actor).getByRole('button', { name: /The plan for Thursday/ })).toBeVisible();
    await expect(bar(actor).getByRole('button', { name: '1 pinned' })).toBeVisible();
  }
  await expect(ada.timeline.getByText('You pinned a message')).toBeVisible();
  await expect(bob.timeline.getByText('Ada Lovelace pinned a message')).toBeVisible();
  await bob.timeline.getByRole('button', { name: 'a message' }).click();
  await expect(bob.row('plan')).toBeFocused();
  await bob.choose('plan', 'Unpin');
  for (const actor of [ada, bob]) {
    await expect(bar(actor)).toHaveCount(0);
    await expect(actor.row('plan').getByText(/Pinned by/)).toHaveCount(0);
  }
});

test('the bar leads to the message, also when its address is open already, and to the list of all', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Papers', [bob]);
  const [first, second] = [await ada.send(id, 'First of all'), await ada.send(id, 'Second')];
  await ada.sendMany(id, 70);
  for (const message of [first, second]) await pin(ada, id, message.id);
  await bob.open(id);
  const latest = bar(bob).getByRole('button', { name: /Second/ });
  await latest.press('Enter');
  await expect(bob.row('Second')).toBeFocused();
  await expect(bob.row('Second')).toBeInViewport();
  await bob.page.getByRole('button', { name: 'Jump to the end' }).click();
  await expect(bob.row('Message 70')).toBeInViewport();
  await latest.click();
  await expect(bob.row('Second')).toBeInViewport();

  await bar(bob).getByRole('button', { name: '2 pinned' }).click();
  const heading = details(bob).getByRole('button', { name: 'Pinned', exact: true });
  await expect(heading).toBeFocused();
  await expect(heading).toHaveAttribute('aria-expanded', 'true');
  const listed = (text: string) => details(bob).getByRole('button', { name: text });
  await expect(listed('First of all')).toBeVisible();
  await expectAccessible(bob.page, 'the list of pinned messages');

  // The list stays what the conversation is: an edit and an unpinning elsewhere.
  await ada.ask('PATCH', `/api/conversations/${id}/messages/${first.id}`, { content: 'First, edited' });
  await expect(listed('First, edited')).toBeVisible();
  await ada.ask('DELETE', `/api/conversations/${id}/pins/${first.id}`);
  await expect(listed('First, edited')).toHaveCount(0);
  await expect(bar(bob).getByRole('button', { name: '1 pinned' })).toBeVisible();
  await bob.page.getByRole('button', { name: 'Jump to the end' }).click();
  await listed('Second').click();
  await expect(bob.row('Second')).toBeInViewport();

  await details(bob).getByRole('button', { name: 'Search in these' }).click();
  await expect(panel(bob).getByRole('button', { name: 'Remove filter: Pinned' })).toBeVisible();
  await expect(panel(bob).getByRole('button', { name: 'Remove filter: In Papers' })).toBeVisible();
  await expect(hits(bob)).toHaveText([/Second/]);
});

test('a conversation opens with its bar, and nothing moves', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Papers', [bob]);
  await ada.sendMany(id, 20);
  await pin(ada, id, (await ada.send(id, 'Keep this')).id);
  await recordShifts(bob.page);
  // Before any script has run: the bar is part of what the server writes.
  const html = await (await bob.page.context().request.get(`/c/${id}`)).text();
  expect(html).toContain('aria-label="Pinned messages"');
  await bob.open(id);
  await expect(bar(bob)).toBeVisible();
  await expectStill(bob.page, 'a conversation with pins');
});

test('P pins the message that the keys have reached, and the palette opens the list', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const id = await ada.group('Papers', []);
  await ada.send(id, 'Keep this');
  await ada.open(id);
  const { keyboard } = ada.page;
  await ada.timeline.focus();
  await keyboard.press('ArrowUp');
  await expect(ada.row('Keep this')).toBeFocused();
  await keyboard.press('p');
  await expect(ada.row('Keep this').getByText('Pinned by you')).toBeVisible();
  await ada.page.keyboard.press('Control+k');
  await ada.dialog.getByRole('combobox').fill('pinned');
  await ada.dialog.getByRole('option', { name: 'Pinned messages' }).click();
  await expect(details(ada).getByRole('button', { name: 'Pinned', exact: true })).toHaveAttribute('aria-expanded', 'true');
  await details(ada).getByRole('button', { name: 'Unpin' }).click();
  await expect(details(ada).getByText('Nothing is pinned yet.')).toBeVisible();
  await expect(bar(ada)).toHaveCount(0);
});

test('on a phone the bar and its list fit, and a chosen message is shown in place of the list', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace', phone), await person('Bob Martin')];
  const id = await bob.group('Papers', [ada]);
  const far = await bob.send(id, `Somebody who writes a lot, in one go. ${'word '.repeat(200)}`);
  await bob.sendMany(id, 60);
  await pin(bob, id, far.id);
  await ada.open(id);
  await expectNothingSideways(ada.page, 'the bar at 390');
  expect((await bar(ada).boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await expectAccessible(ada.page, 'the bar at 390');
  await bar(ada).getByRole('button', { name: '1 pinned' }).tap();
  await expect(details(ada).getByRole('button', { name: /Somebody who writes/ })).toBeVisible();
  await expectNothingSideways(ada.page, 'the list at 390');
  await expectAccessible(ada.page, 'the list at 390');
  await details(ada)
    .getByRole('button', { name: /Somebody who writes/ })
    .tap();
  await expect(details(ada)).toHaveCount(0);
  await expect(ada.rows.filter({ hasText: 'Somebody who writes' })).toBeInViewport();
});
