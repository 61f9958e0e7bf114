import type { Locator } from '@playwright/test';
import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';

/** The line below the other person's name in the header of the conversation. */
const header = ({ page }: Actor) => page.getByRole('main').locator('header').first();
const typing = ({ page }: Actor) => page.getByTestId('typing');
const dot = (part: Locator) => part.locator('[data-status]');

test('typing shows to the other person, and ends when the message is sent', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.composer.pressSequentially('Hello');
  await expect(typing(bob)).toHaveText('Ada Lovelace is typing…');
  await expect(typing(ada)).toHaveText('');
  await ada.composer.press('Enter');
  await expect(bob.row('Hello')).toBeVisible();
  await expect(typing(bob)).toHaveText('');
});

test('the typing line disappears when the text is deleted, and by itself when no stop event comes', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.composer.pressSequentially('Well');
  await expect(typing(bob)).toHaveText('Ada Lovelace is typing…');
  await ada.composer.fill('');
  await expect(typing(bob)).toHaveText('');

  await bob.composer.pressSequentially('Hm');
  await expect(typing(ada)).toHaveText('Bob Martin is typing…');
  await expect(typing(ada), 'nothing more was typed').toHaveText('');
  await expect(bob.composer).toHaveValue('Hm');
});

test('in a group the typing line names several people, and only those who type', async ({ person }) => {
  const [ada, bob, cleo] = [await person('Ada Lovelace'), await person('Bob Martin'), await person('Cleo Rivera')];
  const id = await ada.group('Chorus', [bob, cleo]);
  await Promise.all([ada.open(id), bob.open(id), cleo.open(id)]);
  await Promise.all([bob.composer.pressSequentially('La'), cleo.composer.pressSequentially('Lala')]);
  await expect(typing(ada)).toHaveText(/^(Bob Martin and Cleo Rivera|Cleo Rivera and Bob Martin) are typing…$/);
  await expect(typing(bob)).toHaveText('Cleo Rivera is typing…');
});

test('a changed status shows at once to the other person', async ({ couple }) => {
  const { ada, bob } = await couple();
  const menu = ada.page.getByRole('button', { name: 'Ada Lovelace: status and more' });
  await ada.say('Hello');
  await expect(dot(bob.listed('Ada Lovelace'))).toHaveAttribute('data-status', 'online');
  for (const [name, status] of [
    ['Busy', 'busy'],
    ['Away', 'away'],
  ] as const) {
    await menu.click();
    await ada.page.getByRole('menuitemradio', { name }).click();
    await expect(dot(menu)).toHaveAttribute('data-status', status);
    await expect(dot(bob.listed('Ada Lovelace'))).toHaveAttribute('data-status', status);
    await expect(header(bob)).toContainText(name);
  }

  await menu.click();
  await ada.page.getByRole('menuitem', { name: 'Say what you are up to' }).click();
  await ada.dialog.getByRole('button', { name: 'Out for lunch' }).click();
  await ada.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(header(bob)).toContainText('Out for lunch');
  await bob.page.reload();
  await expect(header(bob)).toContainText('Out for lunch');
  await expect(dot(bob.listed('Ada Lovelace'))).toHaveAttribute('data-status', 'away');
});

test('a person goes offline, with a last-seen time, only when their last tab closes', async ({ couple }) => {
  const { ada, bob } = await couple();
  const second = await ada.tab();
  await second.visit();
  await second.page.close();
  await ada.page.reload();
  await ada.isConnected();
  await bob.say('Are you there?');
  await expect(ada.row('Are you there?')).toBeVisible();
  await expect(dot(bob.listed('Ada Lovelace'))).toHaveAttribute('data-status', 'online');

  await ada.page.close();
  await expect(dot(bob.listed('Ada Lovelace'))).toHaveAttribute('data-status', 'offline');
  await expect(header(bob)).toContainText(/Last seen at \d?\d:\d\d/);
  await bob.page.getByRole('button', { name: 'Details' }).click();
  await expect(bob.page.getByRole('complementary', { name: 'Details' })).toContainText(/Last seen at/);
  const back = await ada.tab();
  await back.visit();
  await expect(header(bob)).toContainText('Online');
});
