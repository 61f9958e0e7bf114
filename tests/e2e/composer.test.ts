import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';

/** Waits until the server has this draft, as another device would get it. */
async function expectDraft(actor: Actor, id: string, draft: string): Promise<void> {
  const read = async () =>
    (await actor.ask<{ conversation: { me: { draft: string } } }>('GET', `/api/conversations/${id}`)).conversation.me.draft;
  await expect.poll(read).toBe(draft);
}

test('a draft belongs to its conversation, and survives switching and a reload', async ({ couple }) => {
  const { ada, id } = await couple('ada');
  const other = await ada.group('Elsewhere', []);
  await ada.composer.fill('Dear Bob, about the');
  await ada.listed('Elsewhere').click();
  await expect(ada.page).toHaveURL(`/c/${other}`);
  await expect(ada.composer).toHaveValue('');
  await expect(ada.listed('Bob Martin')).toContainText('Dear Bob, about the');
  await ada.composer.fill('Not for Bob');
  await ada.listed('Bob Martin').click();
  await expect(ada.composer).toHaveValue('Dear Bob, about the');
  // At once, before the last characters were sent to the server.
  await ada.composer.pressSequentially(' engine');
  await ada.page.reload();
  await expect(ada.composer).toHaveValue('Dear Bob, about the engine');
  await expectDraft(ada, id, 'Dear Bob, about the engine');
  await expectDraft(ada, other, 'Not for Bob');
});

test('a draft appears in another tab and on another device, and disappears there when it is sent', async ({
  couple,
  device,
}) => {
  const { ada, id } = await couple('ada');
  const phone = await device(ada.account);
  await phone.open(id);
  await ada.composer.fill('Begun at the desk');
  await expectDraft(ada, id, 'Begun at the desk');
  await expect(phone.composer).toHaveValue('Begun at the desk');
  const tab = await ada.tab();
  await tab.open(id);
  await expect(tab.composer).toHaveValue('Begun at the desk');
  await tab.composer.press('Enter');
  await expect(tab.row('Begun at the desk')).toBeVisible();
  await expect(phone.row('Begun at the desk')).toBeVisible();
  await expect(phone.composer).toHaveValue('');
  await expect(ada.composer).toHaveValue('');
});

test('Shift+Enter starts a new line; Enter sends, but never an empty message', async ({ couple }) => {
  const { ada, bob, id } = await couple();
  await ada.composer.press('Enter');
  await ada.composer.fill('   ');
  await ada.composer.press('Enter');
  await expect(ada.page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await ada.composer.fill('');
  await ada.page.keyboard.type('First line');
  await ada.page.keyboard.press('Shift+Enter');
  await ada.page.keyboard.type('Second line');
  await ada.page.keyboard.press('Enter');
  await expect(ada.composer).toHaveValue('');
  await expect(ada.composer).toBeFocused();
  await expect(bob.rows).toHaveCount(1);
  await expect(bob.rows.getByTestId('message-text')).toHaveText('First line\nSecond line', { useInnerText: true });
  expect((await ada.history(id)).map(({ content }) => content)).toEqual(['First line\nSecond line']);
});

test('Enter during an input-method composition sends nothing', async ({ couple }) => {
  const { ada, bob } = await couple();
  const input = await ada.page.context().newCDPSession(ada.page);
  await ada.composer.focus();
  await input.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await expect(ada.composer).toHaveValue('にほん');
  // As browsers report a key that belongs to the input method.
  await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  await input.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
  await input.send('Input.insertText', { text: '日本' });
  await expect(ada.composer).toHaveValue('日本');
  await expect(ada.rows).toHaveCount(0);
  await ada.page.keyboard.press('Enter');
  await expect(bob.row('日本')).toBeVisible();
  await expect(bob.rows).toHaveCount(1);
});

test('Escape cancels a reply or an edit, and never deletes text', async ({ couple }) => {
  const { ada, bob } = await couple();
  await bob.say('A question');
  await ada.row('A question').hover();
  await ada.row('A question').getByRole('button', { name: 'Reply' }).click();
  await ada.composer.fill('Half an answer');
  await ada.composer.press('Escape');
  await expect(ada.page.getByText('Reply to Bob Martin')).toHaveCount(0);
  await expect(ada.composer).toHaveValue('Half an answer');
  await ada.composer.press('Escape');
  await expect(ada.composer).toHaveValue('Half an answer');
  await ada.composer.press('Enter');

  // A message that is still being sent cannot be edited.
  const edit = async () => {
    await ada.composer.press('ArrowUp');
    await expect(ada.composer).toHaveValue('Half an answer', { timeout: 500 });
  };
  await expect(edit).toPass();
  await ada.composer.press('Escape');
  await expect(ada.composer, 'nothing was changed').toHaveValue('');
  await expect(edit).toPass();
  await ada.composer.fill('A whole answer');
  await ada.composer.press('Escape');
  await expect(ada.composer, 'what was changed stays').toHaveValue('A whole answer');
  await ada.page.getByRole('button', { name: 'Stop editing' }).click();
  await expect(ada.composer).toHaveValue('');
  await expect(ada.row('Half an answer')).toBeVisible();
});

test('typing @ completes a name, and the mentioned person is notified', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Callers', [bob]);
  await Promise.all([ada.open(id), bob.visit('/settings')]);
  await ada.composer.pressSequentially(`Look, @${bob.handle.slice(0, 5)}`);
  await expect(ada.page.getByRole('option', { name: bob.handle })).toBeVisible();
  await ada.composer.press('Enter');
  await expect(ada.composer).toHaveValue(`Look, @${bob.handle} `);
  await expect(ada.rows, 'Enter took the name, and sent nothing').toHaveCount(0);
  await ada.composer.press('Enter');
  await expect(bob.listed('Callers').getByText('1 unread, 1 mentions you')).toBeAttached();
});

test('Enter sends a text emoticon as typed, and inserts a chosen emoji', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  await ada.open(await ada.group('Faces', [bob]));
  await ada.composer.pressSequentially('haha :DD');
  // The list is shown before Enter is pressed, so it did not come too late.
  await expect(ada.page.getByRole('option').first()).toBeVisible();
  await ada.composer.press('Enter');
  await expect(ada.row('haha :DD')).toBeVisible();
  await expect(ada.composer).toHaveValue('');
  await ada.composer.pressSequentially('haha :DD');
  await expect(ada.page.getByRole('option').first()).toBeVisible();
  await ada.composer.press('ArrowDown');
  await ada.composer.press('Enter');
  await expect(ada.composer).toHaveValue(/^haha \p{Emoji}/u);
});
