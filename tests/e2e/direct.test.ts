import { expect, test } from '@/tests/e2e/support/fixtures';

test('two people find each other and chat live in both directions', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  await Promise.all([ada.visit(), bob.visit()]);
  await ada.page.getByRole('button', { name: 'New message' }).click();
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(bob.handle);
  await ada.offered(bob.handle).click();
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

test('two people who write to each other at the same moment get one conversation', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const pairs = [
    { from: ada, to: bob },
    { from: bob, to: ada },
  ];
  for (const { from, to } of pairs) {
    await from.visit();
    await from.page.getByRole('button', { name: 'New message' }).click();
    await from.dialog.getByRole('combobox', { name: 'Search people' }).fill(to.handle);
    await expect(from.offered(to.handle)).toBeVisible();
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

test('Enter chooses the typed person even before the search answers', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Zoe Unmistakable')];
  await ada.visit();
  await ada.page.getByRole('button', { name: 'New message' }).click();
  await expect(ada.dialog.getByRole('option').first()).toBeVisible();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  await ada.page.route('**/api/users?*', async (route) => {
    await gate;
    await route.continue();
  });
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill('Nobody of that name');
  await expect(ada.dialog.getByRole('option'), 'nobody else is offered meanwhile').toHaveCount(0);
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(bob.handle);
  release();
  await expect(ada.offered(bob.handle)).toBeVisible();
  await ada.page.keyboard.press('Enter');
  await expect(ada.page.getByRole('heading', { name: 'Zoe Unmistakable' })).toBeVisible();
});

test('a conversation with yourself keeps notes', { tag: '@one-browser' }, async ({ person }) => {
  const ada = await person('Ada Lovelace');
  await ada.visit();
  await ada.page.getByRole('button', { name: 'New message' }).click();
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(ada.handle);
  await ada.offered(ada.handle).click();
  await ada.say('Buy paper');
  await expect(ada.listed('Notes to self')).toContainText('You: Buy paper');
});

test('three letters and Enter lead to any person or conversation', { tag: '@one-browser' }, async ({ person }) => {
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
