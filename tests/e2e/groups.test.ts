import { expect, test } from '@/tests/e2e/support/fixtures';

test('three people talk in a group, and each receives the others’ messages', async ({ person }) => {
  const [ada, bob, cleo] = [await person('Ada Lovelace'), await person('Bob Martin'), await person('Cleo Rivera')];
  await Promise.all([ada.visit(), bob.visit(), cleo.visit()]);
  await ada.page.getByRole('button', { name: 'New group' }).click();
  await ada.dialog.getByLabel('Name', { exact: true }).fill('Engine room');
  for (const { handle } of [bob, cleo]) {
    await ada.dialog.getByRole('combobox', { name: 'Members' }).fill(handle);
    await ada.offered(handle).click();
  }
  await ada.dialog.getByRole('button', { name: 'Create group' }).click();
  await expect(ada.page.getByRole('heading', { name: 'Engine room' })).toBeVisible();

  for (const member of [bob, cleo]) {
    await member.listed('Engine room').click();
    await expect(member.timeline).toContainText('Ada Lovelace created the group “Engine room”');
  }
  const everybody = [ada, bob, cleo];
  for (const speaker of everybody) await speaker.say(`${speaker.name} speaking`);
  for (const listener of everybody)
    for (const speaker of everybody) await expect(listener.row(`${speaker.name} speaking`)).toContainText(speaker.name);
});

test('anybody finds a public group, joins it, and sees its history', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const name = `Open house of ${ada.handle}`;
  const id = await ada.group(name, [], 'public');
  await ada.send(id, 'Said before you came');
  await Promise.all([ada.open(id), bob.visit()]);

  await bob.page.getByRole('button', { name: 'Browse public groups' }).click();
  await bob.dialog.getByRole('textbox', { name: 'Search public groups' }).fill(ada.handle);
  await bob.dialog.getByRole('button', { name: `Join ${name}` }).click();
  await expect(bob.row('Said before you came')).toBeVisible();
  await expect(ada.timeline).toContainText('Bob Martin joined');
  await expect(ada.page.getByRole('button', { name: '2 members' })).toBeVisible();
  await bob.say('Glad to be here');
  await expect(ada.row('Glad to be here')).toBeVisible();
});

test('the address of a public group shows its description, and no messages', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Reading circle', [], 'public');
  await ada.send(id, 'For members only');
  await bob.visit(`/c/${id}`);
  await expect(bob.page.getByText('You are not in Reading circle yet')).toBeVisible();
  await expect(bob.page.getByText('For members only')).toHaveCount(0);
  await bob.page.getByRole('button', { name: 'Join Reading circle' }).click();
  await expect(bob.row('For members only')).toBeVisible();
});

test('a person who leaves a group loses it, and the others see that', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Going', [bob]);
  await Promise.all([ada.open(id), bob.open(id)]);
  await bob.page.getByRole('button', { name: 'Details' }).click();
  await bob.page.getByRole('button', { name: 'Leave group' }).click();
  await bob.dialog.getByRole('button', { name: 'Leave group' }).click();
  await expect(bob.listed('Going')).toHaveCount(0);
  await expect(bob.page).not.toHaveURL(`/c/${id}`);
  await expect(ada.timeline).toContainText('Bob Martin left');
  await ada.say('He is gone');
  await expect(bob.listed('Going')).toHaveCount(0);
});

test('a removed member’s screen loses the group at once', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Inner circle', [bob]);
  const other = await ada.group('Everybody', [bob]);
  await ada.send(id, 'What Bob could see');
  await Promise.all([ada.open(id), bob.open(id)]);
  await expect(bob.row('What Bob could see')).toBeVisible();

  await ada.page.getByRole('button', { name: 'Details' }).click();
  await ada.page.getByRole('button', { name: 'Actions for Bob Martin' }).click();
  await ada.page.getByRole('menuitem', { name: 'Remove from group' }).click();
  await ada.dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(ada.timeline).toContainText('You removed Bob Martin');

  await expect(bob.listed('Inner circle')).toHaveCount(0);
  await expect(bob.page.getByText('What Bob could see')).toHaveCount(0);
  await expect(bob.page.getByText('There is nothing here')).toBeVisible();
  await ada.say('And what he can no longer');
  await ada.send(other, 'A sign of life');
  await expect(bob.listed('Everybody')).toContainText('A sign of life');
  await expect(bob.listed('Inner circle')).toHaveCount(0);
});

test('a renamed group has its new name on every screen', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Working title', [bob]);
  await Promise.all([ada.open(id), bob.open(id)]);
  await ada.page.getByRole('button', { name: 'Details' }).click();
  await ada.page.getByRole('button', { name: 'Edit group' }).click();
  await ada.dialog.getByLabel('Name', { exact: true }).fill('Final title');
  await ada.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(bob.page.getByRole('heading', { name: 'Final title', level: 1 })).toBeVisible();
  await expect(bob.listed('Final title')).toBeVisible();
  await expect(bob.timeline).toContainText('Ada Lovelace renamed the group to “Final title”');
});

test('a group appears with its history for a person who is added', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Growing', []);
  await ada.send(id, 'Before Bob');
  await Promise.all([ada.open(id), bob.visit()]);
  await ada.page.getByRole('button', { name: 'Details' }).click();
  await ada.page.getByRole('button', { name: 'Add people' }).click();
  await ada.dialog.getByRole('combobox', { name: 'People' }).fill(bob.handle);
  await ada.offered(bob.handle).click();
  await ada.dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(ada.timeline).toContainText('You added Bob Martin');
  await bob.listed('Growing').click();
  await expect(bob.row('Before Bob')).toBeVisible();
});

test.describe('an outsider', () => {
  test.use({ tolerated: /status of 404/ });

  test('gets “not found” at the address of a private group', async ({ person }) => {
    const [ada, eve] = [await person('Ada Lovelace'), await person('Eve Outside')];
    const id = await ada.group('Secret plans', []);
    await ada.send(id, 'Top secret');
    await eve.visit(`/c/${id}`);
    await expect(eve.page.getByText('There is nothing here')).toBeVisible();
    await expect(eve.page.getByText(/Secret plans|Top secret|Ada Lovelace/)).toHaveCount(0);
  });
});

test('what is muted on one device is muted on the others at once, and who becomes an admin may what admins may', async ({
  person,
  device,
}) => {
  const [ada, bob] = await Promise.all([person('Ada Lovelace'), person('Bob Martin')]);
  const id = await ada.group('Engine room', [bob]);
  const phone = await device(bob.account);
  await phone.open(id);
  await bob.ask('PATCH', `/api/conversations/${id}/me`, { notify: 'none' });
  await expect(phone.listed('Engine room').getByLabel('Muted')).toBeVisible();
  await phone.page.getByRole('button', { name: 'Details', exact: true }).click();
  const details = phone.page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('radio', { name: 'Nothing' })).toBeChecked();
  await expect(details.getByRole('button', { name: 'Edit group' })).toHaveCount(0);
  await ada.ask('PATCH', `/api/conversations/${id}/participants/${bob.id}`, { role: 'admin' });
  await expect(details.getByRole('button', { name: 'Edit group' })).toBeVisible();
});
