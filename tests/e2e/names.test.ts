import { expect, test } from '@/tests/e2e/support/fixtures';

// A person's name, handle and picture appear in many places, on pages that nobody reloads.

test('a new name shows at once on the other screen: in the list, the header, messages, quotes, the people and the completion', async ({
  person,
}) => {
  const [ada, bob] = await Promise.all([person('Ada Lovelace'), person('Bob Martin')]);
  const direct = await ada.directWith(bob);
  await ada.send(direct, 'In private');
  const group = await ada.group('Engines', [bob]);
  const { id } = await ada.send(group, 'Of Ada');
  await bob.ask('POST', `/api/conversations/${group}/messages`, { content: 'Of Bob', replyToId: id });
  await bob.open(group);
  await expect(bob.row('Of Bob')).toContainText('Ada Lovelace');
  await bob.page.getByRole('button', { name: 'Details', exact: true }).click();
  const people = bob.page.getByRole('complementary', { name: 'Details' });
  await expect(people).toContainText('Ada Lovelace');

  const handle = `king-${ada.handle}`.slice(0, 32);
  await ada.ask('PATCH', '/api/me', { name: 'Ada King', handle });
  await expect(bob.listed('Ada King')).toBeVisible();
  await expect(bob.rows.first()).toContainText('Ada King');
  await expect(bob.row('Of Bob')).toContainText('Ada King');
  await expect(people).toContainText('Ada King');
  await expect(bob.page.getByText('Ada Lovelace')).toHaveCount(0);
  await bob.composer.pressSequentially('@king');
  await expect(bob.page.getByRole('option', { name: /Ada King/ })).toBeVisible();
  await bob.page.keyboard.press('Enter');
  await expect(bob.composer).toHaveValue(`@${handle} `);

  await bob.listed('Ada King').click();
  await expect(bob.page.getByRole('heading', { name: 'Ada King', level: 1 })).toBeVisible();
});

test('one’s own new name shows at once on one’s other devices', async ({ person, device }) => {
  const ada = await person('Ada Lovelace');
  const phone = await device(ada.account);
  await phone.visit();
  await ada.ask('PATCH', '/api/me', { name: 'Ada King' });
  await expect(phone.page.getByRole('button', { name: 'Ada King: status and more' })).toBeVisible();
});
