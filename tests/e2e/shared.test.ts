import type { Message } from '@/lib/domain/messages/schema';
import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { answerSearches, panel } from '@/tests/e2e/support/search';

test('files and links of a conversation are listed page after page, and lead to their messages', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Papers', [bob]);
  const message = await ada.send(id, 'see https://parley.test/paper');
  await ada.sendMany(id, 30);
  await answerSearches(bob);
  await bob.page.route('**/api/conversations/*/links?*', (route) => {
    const isSecond = route.request().url().includes('cursor=more');
    const url = isSecond ? 'https://parley.test/older' : 'https://parley.test/paper';
    return route.fulfill({ json: { links: [{ url, message }], nextCursor: isSecond ? null : 'more' } });
  });
  const file = (name: string, mimeType: string) => ({ attachment: attachment(name, mimeType), message });
  await bob.page.route('**/api/conversations/*/files?*', (route) =>
    route.fulfill({ json: { files: [file('plan.pdf', 'application/pdf'), file('a.png', 'image/png')], nextCursor: null } }),
  );
  await bob.open(id);
  await bob.page.getByRole('button', { name: 'Details', exact: true }).click();
  const details = bob.page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('button', { name: 'Files', exact: true }).click();
  await expect(details.getByRole('button', { name: /plan\.pdf/ })).toBeVisible();
  await expect(details.getByRole('button', { name: /a\.png/ })).toHaveCount(0);
  await details.getByRole('button', { name: 'Links', exact: true }).click();
  await details.getByRole('button', { name: 'Show more' }).click();
  await expect(details.getByRole('link', { name: 'Open https://parley.test/older' })).toBeVisible();
  await expectAccessible(bob.page, 'what was shared');
  await details.getByRole('button', { name: /parley\.test\/paper/ }).click();
  await expect(bob.page).toHaveURL(`/c/${id}?m=${message.id}`);
  await expect(bob.row(message.content)).toBeFocused();
  await details.getByRole('button', { name: 'Search in these' }).last().click();
  await expect(panel(bob).getByRole('button', { name: 'Remove filter: With links' })).toBeVisible();
  await expect(panel(bob).getByRole('button', { name: 'Remove filter: In Papers' })).toBeVisible();
});

function attachment(name: string, mimeType: string): Message['attachments'][number] {
  return { id: name, name, size: 1_000, mimeType, url: '', width: null, height: null, duration: null, thumbnailUrl: null };
}
