import { expect, test } from '@/tests/e2e/support/fixtures';

test('an edit shows at once to the other person, and is marked', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.say('Tomorow at nine');
  await expect(bob.row('Tomorow at nine')).toBeVisible();
  await ada.choose('Tomorow at nine', 'Edit');
  await expect(ada.composer).toHaveValue('Tomorow at nine');
  await expect(ada.composer).toBeFocused();
  await ada.composer.fill('Tomorrow at nine');
  await ada.composer.press('Enter');
  for (const { row, rows } of [ada, bob].map((one) => ({ row: one.row('Tomorrow at nine'), rows: one.rows }))) {
    await expect(row).toContainText('(edited)');
    await expect(rows).toHaveCount(1);
  }
  await expect(ada.composer).toHaveValue('');
  await expect(bob.listed('Ada Lovelace')).toContainText('Tomorrow at nine');
});

test('ArrowUp in an empty composer edits your last message', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.say('My own last');
  await expect(bob.row('My own last')).toBeVisible();
  await bob.say('Somebody else’s last');
  await expect(ada.row('Somebody else’s last')).toBeVisible();
  await ada.composer.press('ArrowUp');
  await expect(ada.composer).toHaveValue('My own last');
  await ada.page.keyboard.type(', changed');
  await ada.page.keyboard.press('Enter');
  await expect(bob.row('My own last, changed')).toContainText('(edited)');
});

test('a deleted message disappears from both screens, and from quotes of it', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.say('I take this back');
  await expect(bob.row('I take this back')).toBeVisible();
  await bob.choose('I take this back', 'Copy text');
  await bob.row('I take this back').hover();
  await bob.row('I take this back').getByRole('button', { name: 'Reply' }).click();
  await bob.say('Why would you?');
  await expect(ada.row('Why would you?')).toContainText('I take this back');

  await ada.rows.first().hover();
  await ada.rows.first().getByRole('button', { name: 'More actions' }).click();
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click();
  await ada.dialog.getByRole('button', { name: 'Delete message' }).click();
  for (const { page, rows, timeline } of [ada, bob]) {
    await expect(rows.first()).toContainText('This message was deleted');
    await expect(timeline).not.toContainText('I take this back');
    await expect(page.getByRole('navigation')).not.toContainText('I take this back');
  }
});

test('other people’s messages offer no edit and no delete', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.say('Mine alone');
  await bob.row('Mine alone').hover();
  await bob.row('Mine alone').getByRole('button', { name: 'More actions' }).click();
  await expect(bob.page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
  await expect(bob.page.getByRole('menuitem', { name: /Edit|Delete/ })).toHaveCount(0);
});

test('a reply quotes its message, follows its edits and leads back to it', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.say('Which one?');
  await bob.row('Which one?').hover();
  await bob.row('Which one?').getByRole('button', { name: 'Reply' }).click();
  await expect(bob.page.getByText('Reply to Ada Lovelace')).toBeVisible();
  await bob.say('The left one');
  const quote = ada.row('The left one').getByRole('button', { name: 'In reply to Ada Lovelace' });
  await expect(quote).toContainText('Which one?');
  await expect(bob.page.getByText('Reply to Ada Lovelace')).toHaveCount(0);

  await ada.composer.press('ArrowUp');
  await ada.composer.fill('Which of them?');
  await ada.composer.press('Enter');
  await expect(bob.row('The left one')).toContainText('Which of them?');
  await quote.click();
  await expect(ada.rows.first()).toHaveClass(/glow/);
  await expect(ada.rows.first()).toBeFocused();
});

test('a reaction counts on both screens, and its removal does too', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.say('Shall we?');
  await bob.row('Shall we?').hover();
  await bob.row('Shall we?').getByRole('button', { name: 'React with 👍' }).click();
  const adas = ada.row('Shall we?').getByRole('button', { name: /^👍/ });
  const bobs = bob.row('Shall we?').getByRole('button', { name: /^👍/ });
  await expect(adas).toHaveAccessibleName('👍, 1');
  await expect(adas).toHaveAttribute('aria-pressed', 'false');
  await expect(bobs).toHaveAttribute('aria-pressed', 'true');
  await adas.click();
  for (const button of [adas, bobs]) await expect(button).toHaveAccessibleName('👍, 2');
  await bobs.click();
  for (const button of [adas, bobs]) await expect(button).toHaveAccessibleName('👍, 1');
  await adas.click();
  for (const button of [adas, bobs]) await expect(button).toHaveCount(0);
});

test('any emoji can be found and used as a reaction', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.say('Party?');
  await bob.row('Party?').hover();
  await bob.row('Party?').getByRole('button', { name: 'React', exact: true }).click();
  await bob.page.getByRole('searchbox', { name: 'Search emoji' }).fill('tada');
  await bob.page.getByRole('gridcell', { name: 'party popper' }).click();
  await expect(ada.row('Party?').getByRole('button', { name: '🎉, 1' })).toBeVisible();
});
