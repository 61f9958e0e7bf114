import { expect, test } from '@/tests/e2e/support/fixtures';
import { everSeen, record } from '@/tests/e2e/support/record';

// Each of these was a bug of another chat that took days to fix.

test('a conversation without a message does not show for the other person', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const group = await ada.group('Both of us', [bob]);
  await Promise.all([ada.visit(), bob.open(group)]);
  await record(bob.list);

  await ada.page.getByRole('button', { name: 'New message' }).click();
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(bob.handle);
  await ada.offered(bob.handle).click();
  await expect(ada.listed('Bob Martin')).toBeVisible();
  await expect(ada.composer).toHaveAccessibleName('Message Bob Martin');
  await ada.composer.fill('I am not sure whether I will send this');

  // An event that does arrive, so that earlier ones would have arrived too.
  await ada.send(group, 'A sign of life');
  await expect(bob.row('A sign of life')).toBeVisible();
  expect(await everSeen(bob.page, /Ada Lovelace/)).toEqual([]);
  await bob.visit();
  await expect(bob.listed('Both of us')).toBeVisible();
  await expect(bob.listed('Ada Lovelace')).toHaveCount(0);

  await ada.composer.press('Enter');
  await expect(bob.listed('Ada Lovelace'), 'and with its first message it does').toBeVisible();
});

test('messages that were seen live stay read after a reload', async ({ couple }) => {
  const { ada, bob, id } = await couple();
  await bob.say('Do you see this?');
  await expect(ada.row('Do you see this?')).toBeVisible();
  await expect(bob.row('Do you see this?').getByRole('img', { name: 'Read', exact: true })).toBeVisible();
  await ada.page.reload();
  await ada.isConnected();
  await expect(ada.row('Do you see this?')).toBeVisible();
  await expect(ada.listed('Bob Martin')).not.toContainText('unread');
  await expect(ada.page.locator('[data-read-line]')).toHaveCount(0);
  await expect(ada.page).toHaveTitle('Parley · Bob Martin');
  expect(await ada.unread(id)).toBe(0);
});

test('no unread badge shows while both people have the conversation open', async ({ couple }) => {
  const { ada, bob, id } = await couple();
  await Promise.all([record(ada.list), record(bob.list)]);
  for (const round of [1, 2, 3]) {
    await ada.say(`Ada says ${round}`);
    await expect(bob.row(`Ada says ${round}`)).toBeVisible();
    await bob.say(`Bob says ${round}`);
    await expect(ada.row(`Bob says ${round}`)).toBeVisible();
  }
  await expect(bob.row('Bob says 3').getByRole('img', { name: 'Read', exact: true })).toBeVisible();
  for (const { page } of [ada, bob]) expect(await everSeen(page, /unread/)).toEqual([]);
  // Shown at once, and sent to the server within a second.
  for (const one of [ada, bob]) await expect.poll(() => one.unread(id)).toBe(0);
});

test('nobody’s screen switches conversation because of somebody else', async ({ person }) => {
  const [ada, bob, cleo] = [await person('Ada Lovelace'), await person('Bob Martin'), await person('Cleo Rivera')];
  const quiet = await bob.directWith(cleo);
  await Promise.all([ada.visit(), bob.open(quiet)]);
  await bob.composer.fill('Dear Cleo, I am in the middle of a');

  await ada.page.getByRole('button', { name: 'New message' }).click();
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(bob.handle);
  await ada.offered(bob.handle).click();
  await ada.say('Bob! Look here!');
  const group = await ada.group('Urgent', [bob]);
  await ada.send(group, 'Everybody look here!');
  await expect(bob.listed('Ada Lovelace').getByText('1 unread')).toBeAttached();
  await expect(bob.listed('Urgent').getByText('1 unread')).toBeAttached();

  await expect(bob.page).toHaveURL(`/c/${quiet}`);
  await expect(bob.composer).toBeFocused();
  await bob.page.keyboard.type(' sentence');
  await expect(bob.composer).toHaveValue('Dear Cleo, I am in the middle of a sentence');
  await expect(bob.page.getByRole('heading', { name: 'Cleo Rivera' })).toBeVisible();
});

test('a new conversation never shows an unknown person', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  await bob.visit();
  await record(bob.page.getByRole('complementary', { name: 'Conversations' }));
  const direct = await ada.directWith(bob);
  await ada.send(direct, 'We have not met');
  await expect(bob.listed('Ada Lovelace')).toContainText('We have not met');
  const group = await ada.group('Strangers', [bob]);
  await ada.send(group, 'Nor have we');
  await expect(bob.listed('Strangers')).toContainText('Ada: Nor have we');
  expect(await everSeen(bob.page, /unknown|undefined|null|Untitled/i)).toEqual([]);
  expect(await everSeen(bob.page, /We have not met/), 'never without a name').not.toEqual([]);
  expect((await everSeen(bob.page, /We have not met/)).filter((text) => !text.includes('Ada Lovelace'))).toEqual([]);

  await bob.listed('Ada Lovelace').click();
  await expect(bob.page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible();
  await expect(bob.row('We have not met')).toContainText('Ada Lovelace');
  await bob.listed('Strangers').click();
  await expect(bob.row('Nor have we')).toContainText('Ada Lovelace');
  await expect(bob.timeline).toContainText('Ada Lovelace created the group “Strangers”');
  await expect(bob.timeline).not.toContainText(/unknown|somebody/i);
});
