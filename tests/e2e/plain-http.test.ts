import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumFlags } from '@/tests/e2e/support/chromium';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { startServer } from '@/tests/support/server';

/** A host name of this machine, which browsers trust no more than an address in a home network. */
const host = 'parley.test';
const composer = (page: Page) => page.getByRole('textbox', { name: /^Message / });
const row = (page: Page, text: string) => page.getByRole('article').filter({ has: page.getByText(text, { exact: true }) });

async function register(context: BrowserContext, name: string, setupCode?: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/register');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase().replace(' ', '.')}@parley.test`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  if (setupCode) await page.getByLabel(/setup code/i).fill(setupCode);
  await page.getByRole('button', { name: /^Create/ }).click();
  // The first page of a new server.
  await expect(page.locator('[data-connection=connected]')).toBeVisible({ timeout: 30_000 });
  expect(await page.evaluate(() => [window.isSecureContext, typeof crypto.randomUUID, typeof navigator.clipboard])).toEqual([
    false,
    'undefined',
    'undefined',
  ]);
  return page;
}

test('on plain http at a network address everything works, and the owner is told once how to add HTTPS', async () => {
  test.setTimeout(120_000);
  const server = await startServer({ HOST: '0.0.0.0' });
  const browser = await chromium.launch({
    executablePath: process.env.PARLEY_CHROMIUM,
    args: [...chromiumFlags, `--host-resolver-rules=MAP ${host} 127.0.0.1`],
  });
  const errors: string[] = [];
  const open = async () => {
    const context = await browser.newContext({ baseURL: `http://${host}:${server.port}` });
    context.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    context.on('weberror', (error) => errors.push(String(error.error().stack)));
    return context;
  };
  const setupCode = /Setup code +(\S+)/.exec(server.output())?.[1] ?? '';
  const ada = await register(await open(), 'Ada Lovelace', setupCode);
  const bob = await register(await open(), 'Bob Martin');

  const notice = ada.getByRole('region', { name: 'HTTPS' });
  await expect(notice).toContainText('This page is not on HTTPS');
  await expect(bob.getByRole('region', { name: 'HTTPS' })).toHaveCount(0);

  await ada.getByRole('button', { name: 'New message' }).first().click();
  await ada.getByRole('combobox', { name: 'Search people' }).fill('Bob');
  await ada.getByRole('option').filter({ hasText: 'Bob Martin' }).click();
  await composer(ada).fill('Hello over there');
  await composer(ada).press('Enter');
  await bob.getByRole('navigation', { name: 'Conversations' }).getByRole('link').filter({ hasText: 'Ada Lovelace' }).click();
  await expect(row(bob, 'Hello over there')).toBeVisible();

  const [chooser] = await Promise.all([
    bob.waitForEvent('filechooser'),
    bob.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('what was said') });
  await expect(bob.locator('[data-state=done]')).toBeVisible();
  await composer(bob).fill('And a file');
  await composer(bob).press('Enter');
  await expect(row(ada, 'And a file')).toContainText('notes.txt');

  // Copied through a selection: the pasted text is the copied one.
  await row(ada, 'And a file').hover();
  await row(ada, 'And a file').getByRole('button', { name: 'More actions' }).click();
  await ada.getByRole('menuitem', { name: 'Copy text' }).click();
  await expect(ada.getByText('Text copied')).toBeVisible();
  await composer(ada).focus();
  await ada.keyboard.press('ControlOrMeta+v');
  await expect(composer(ada)).toHaveValue('And a file');
  await ada.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(row(bob, 'And a file')).toHaveCount(2);

  await ada.reload();
  await expect(row(ada, 'Hello over there')).toBeVisible();
  await notice.getByRole('button', { name: 'How to mend it' }).click();
  const card = ada.getByRole('region', { name: 'HTTPS' });
  await expect(card).toContainText('caddy reverse-proxy --from chat.example.org --to 127.0.0.1:3000');
  await ada.getByRole('tab', { name: 'Invites' }).click();
  await ada.getByRole('button', { name: 'Create an invite link' }).click();
  await expect(ada.getByRole('textbox', { name: 'Invite link' })).toHaveValue(
    new RegExp(`^http://${host}:${server.port}/register`),
  );
  await ada.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(ada.getByRole('button', { name: 'Copied' })).toBeVisible();
  await ada.goto('/');
  await expect(ada.locator('[data-connection=connected]')).toBeVisible();
  await expect(ada.getByRole('region', { name: 'HTTPS' }), 'it is said once').toHaveCount(0);

  await bob.getByRole('button', { name: 'Bob Martin: status and more' }).click();
  await bob.getByRole('menuitem', { name: 'Sign out' }).click();
  await bob.getByLabel('E-mail').fill('bob.martin@parley.test');
  await bob.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await bob.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(bob.locator('[data-connection=connected]')).toBeVisible();
  await browser.close();
  await server.stop();
  expect(errors).toEqual([]);
});
