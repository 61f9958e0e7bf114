import { expect, networkErrors, test } from '@/tests/e2e/support/fixtures';
import { answerSearches, field, hits, panel, searchFor } from '@/tests/e2e/support/search';

test.describe('without the server', () => {
  test.use({ tolerated: networkErrors });

  test('recent messages are found, and the panel says that these are all', async ({ person }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
    const id = await ada.group('Offline', [bob]);
    await ada.send(id, 'tungsten filament');
    await bob.open(id);
    await expect(bob.row('tungsten filament')).toBeVisible();
    await bob.page.keyboard.press('Control+Shift+f');
    await expect(field(bob)).toBeFocused();
    await bob.page.context().setOffline(true);
    await searchFor(bob, 'filam');
    await expect(hits(bob)).toHaveText([/tungsten filament/]);
    await expect(panel(bob)).toContainText('You are offline. These are recent messages from this device.');
  });
});

test('what was said in a conversation is not found any more once one is removed from it', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Secret', [bob]);
  await ada.send(id, 'the vault opens at dawn');
  await answerSearches(bob);
  await bob.open(id);
  await searchFor(bob, 'vault');
  await expect(hits(bob)).toHaveCount(1);
  await ada.ask('DELETE', `/api/conversations/${id}/participants/${bob.id}`);
  await expect(bob.listed('Secret')).toHaveCount(0);
  await field(bob).fill('vault dawn');
  await expect(panel(bob).getByText('Nothing found').first()).toBeVisible();
  await expect(hits(bob)).toHaveCount(0);
});

test('two people who share a browser never find each other’s messages', async ({ person, visitor }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const page = await visitor();
  const id = await ada.group('Private', [bob]);
  await ada.send(id, 'only for ada and bob');
  const carol = await person('Carol Shaw');
  const signIn = async ({ email, password }: { email: string; password: string }) => {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-connection]')).toHaveAttribute('data-connection', 'connected');
  };
  const stored = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open('parley-search');
          opening.onsuccess = () => {
            const database = opening.result;
            if (!database.objectStoreNames.contains('messages')) return resolve(0);
            const count = database.transaction('messages').objectStore('messages').count();
            count.onsuccess = () => {
              database.close();
              resolve(count.result);
            };
          };
        }),
    );
  await signIn(bob.account);
  await expect.poll(stored).toBe(1);
  await page.getByRole('button', { name: 'Bob Martin: status and more' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await expect.poll(stored).toBe(0);
  await signIn(carol.account);
  await page.keyboard.press('Control+Shift+f');
  await page.route('**/api/search?*', (route) =>
    route.fulfill({ json: { results: [], nextCursor: null, count: { value: 0, exact: true } } }),
  );
  await page.getByRole('combobox', { name: 'Search messages' }).fill('only');
  await expect(page.getByText('Nothing found').first()).toBeVisible();
});
