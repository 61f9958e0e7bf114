import type { Page } from '@playwright/test';
import type { SearchAnswer } from '@/lib/domain/search/schema';
import type { DeviceSession } from '@/lib/domain/sessions/schema';
import type { Actor } from '@/tests/e2e/support/actor';
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

/** The texts that this browser stores for searching, of everybody. */
const stored = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('parley-search');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('messages')) return resolve([]);
          const reading = database.transaction('messages').objectStore('messages').getAll();
          reading.onsuccess = () => {
            database.close();
            resolve(reading.result.map(({ content }: { content: string }) => content));
          };
        };
      }),
  );

test('what a search shows of a conversation goes once one is removed from it, in every tab, and is not stored any more', async ({
  person,
}) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const [secret, other] = [await ada.group('Secret', [bob]), await ada.group('Other', [bob])];
  await ada.send(secret, 'the vault opens at dawn');
  await ada.send(other, 'the vault is a bank');
  const answered = () => bob.ask<SearchAnswer>('GET', '/api/search?q=vault').then(({ results }) => results.length);
  await expect.poll(answered).toBe(2);
  const tab = await bob.tab();
  for (const screen of [bob, tab]) {
    await screen.open(secret);
    const answer = screen.page.waitForResponse(/api\/search/);
    await searchFor(screen, 'vault');
    await answer;
    await expect(hits(screen)).toHaveCount(2);
  }
  await expect.poll(() => stored(bob.page)).toHaveLength(2);
  await ada.ask('DELETE', `/api/conversations/${secret}/participants/${bob.id}`);
  for (const screen of [bob, tab]) {
    await expect(screen.listed('Secret')).toHaveCount(0);
    await expect(hits(screen)).toHaveText([/the vault is a bank/]);
  }
  await expect.poll(() => stored(bob.page)).toEqual(['the vault is a bank']);
});

/** Searches behind the dialog that asks to sign in again, which hides the panel from assistive technology. */
async function findsNothing({ page }: Actor, text: string): Promise<void> {
  await expect(page.getByRole('dialog')).toContainText('signed out');
  const aside = page.locator('aside').filter({ has: page.locator('[role="combobox"]') });
  await aside.locator('[role="combobox"]').fill(text);
  await expect(aside.getByText('Nothing found').first()).toBeVisible();
  await expect(aside.locator('[role="option"]')).toHaveCount(0);
}

test.describe('once the session has ended elsewhere', () => {
  // The page is told with a 401.
  test.use({ tolerated: /401|WebSocket|net::ERR_/ });

  test('a page that is open finds nothing any more, and nothing is stored', async ({ person, device }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
    const id = await ada.group('Secret', [bob]);
    await ada.send(id, 'the vault opens at dawn');
    const laptop = await device(bob.account);
    await answerSearches(laptop);
    await laptop.open(id);
    await searchFor(laptop, 'vault');
    await expect(hits(laptop)).toHaveCount(1);
    await expect.poll(() => stored(laptop.page)).toHaveLength(1);
    const { sessions } = await laptop.ask<{ sessions: DeviceSession[] }>('GET', '/api/me/sessions');
    const its = sessions.find(({ current }) => current);
    await bob.ask('DELETE', `/api/me/sessions/${its?.id}`);
    await expect.poll(() => stored(laptop.page)).toEqual([]);
    await findsNothing(laptop, 'vault dawn');
  });

  test('nor does another tab of a browser in which somebody signed out', async ({ person }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
    const id = await ada.group('Secret', [bob]);
    await ada.send(id, 'the vault opens at dawn');
    const tab = await bob.tab();
    await answerSearches(tab);
    await Promise.all([bob.open(id), tab.open(id)]);
    await searchFor(tab, 'vault');
    await expect(hits(tab)).toHaveCount(1);
    await expect.poll(() => stored(tab.page)).toHaveLength(1);
    await bob.page.getByRole('button', { name: 'Bob Martin: status and more' }).click();
    await bob.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(bob.page).toHaveURL('/sign-in');
    await expect.poll(() => stored(tab.page)).toEqual([]);
    await findsNothing(tab, 'vault dawn');
    await expect.poll(() => stored(tab.page)).toEqual([]);
  });
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
  await signIn(bob.account);
  await expect.poll(() => stored(page)).toEqual(['only for ada and bob']);
  await page.getByRole('button', { name: 'Bob Martin: status and more' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await expect.poll(() => stored(page)).toEqual([]);
  await signIn(carol.account);
  await page.keyboard.press('Control+Shift+f');
  await page.route('**/api/search?*', (route) =>
    route.fulfill({ json: { results: [], nextCursor: null, count: { value: 0, exact: true } } }),
  );
  await page.getByRole('combobox', { name: 'Search messages' }).fill('only');
  await expect(page.getByText('Nothing found').first()).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Search' }).getByRole('option')).toHaveCount(0);
  expect(await stored(page)).toEqual([]);
});
