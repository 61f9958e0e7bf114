import { expect, test } from '@/tests/e2e/support/fixtures';

test('two people find each other and chat, live both ways', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  await Promise.all([ada.visit(), bob.visit()]);
  await ada.page.getByRole('button', { name: 'New message' }).click();
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(bob.handle);
  await ada.dialog.getByRole('option', { name: bob.handle }).click();
  await expect(ada.composer).toBeFocused();
  await ada.say('Hello Bob');

  await expect(bob.listed('Ada Lovelace')).toContainText('Hello Bob');
  await expect(bob.listed('Ada Lovelace').getByText('1 unread')).toBeAttached();
  await expect(bob.page).toHaveTitle(/^\(1\) Parley/);
  await expect(ada.row('Hello Bob').getByRole('img', { name: 'Delivered' })).toBeVisible();
  await bob.listed('Ada Lovelace').click();
  await expect(bob.row('Hello Bob')).toBeVisible();
  await expect(bob.listed('Ada Lovelace')).not.toContainText('unread');
  await expect(ada.row('Hello Bob').getByRole('img', { name: 'Read', exact: true })).toBeVisible();

  await bob.say('Hello Ada');
  await expect(ada.row('Hello Ada')).toBeVisible();
  await expect(ada.listed('Bob Martin')).toContainText('Hello Ada');
  await expect(bob.listed('Ada Lovelace')).toContainText('You: Hello Ada');
});

test('two people who write to each other at the same moment are in the same conversation', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const pairs = [
    { from: ada, to: bob },
    { from: bob, to: ada },
  ];
  for (const { from, to } of pairs) {
    await from.visit();
    await from.page.getByRole('button', { name: 'New message' }).click();
    await from.dialog.getByRole('combobox', { name: 'Search people' }).fill(to.handle);
    await expect(from.dialog.getByRole('option', { name: to.handle })).toBeVisible();
  }
  await Promise.all(pairs.map(({ from }) => from.page.keyboard.press('Enter')));
  await Promise.all([ada.say('From Ada'), bob.say('From Bob')]);
  for (const { from } of pairs) {
    await expect(from.row('From Ada')).toBeVisible();
    await expect(from.row('From Bob')).toBeVisible();
    await expect(from.list.getByRole('link')).toHaveCount(1);
  }
  expect(ada.page.url()).toBe(bob.page.url());
});

test('a conversation with oneself keeps notes', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  await ada.visit();
  await ada.page.getByRole('button', { name: 'New message' }).click();
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(ada.handle);
  await ada.dialog.getByRole('option', { name: ada.handle }).click();
  await ada.say('Buy paper');
  await expect(ada.listed('Notes to self')).toContainText('You: Buy paper');
});

test('three letters and Enter go to any person or conversation', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const id = await ada.group('Analytical engine', []);
  const other = await ada.group('Notes on Bernoulli', []);
  await ada.open(other);
  await ada.page.keyboard.press('Control+k');
  await ada.page.keyboard.type('ana');
  await expect(ada.dialog.getByRole('option').first()).toContainText('Analytical engine');
  await ada.page.keyboard.press('Enter');
  await expect(ada.page).toHaveURL(`/c/${id}`);
  await expect(ada.dialog).toHaveCount(0);
  await expect(ada.composer).toBeFocused();
});
