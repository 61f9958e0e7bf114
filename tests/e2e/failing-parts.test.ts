import type { Conversation, ConversationPage } from '@/lib/domain/conversations/schema';
import type { Message, MessagePage } from '@/lib/domain/messages/schema';
import type { SearchAnswer } from '@/lib/domain/search/schema';
import type { Actor } from '@/tests/e2e/support/actor';
import { sendFiles } from '@/tests/e2e/support/carried';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { png } from '@/tests/e2e/support/pictures';
import { hits, panel, searchFor } from '@/tests/e2e/support/search';

// Simulates bugs of the server by damaging its answers. The page must show as much as possible.
test.use({ tolerated: /./ });

/** A value of a later version, which this page does not know. */
const unknown = { of: 'another version' };

/** Damages one conversation in every answer that lists conversations. */
async function damageListed({ page }: Actor, path: string, id: string, damage: (conversation: Conversation) => void) {
  await page.route(path, async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as ConversationPage;
    for (const conversation of body.conversations) if (conversation.id === id) damage(conversation);
    await route.fulfill({ response, json: body });
  });
}

/** Damages the messages in every answer that has history of one conversation. */
async function damageMessages({ page }: Actor, id: string, damage: (message: Message) => void) {
  await page.route(`**/api/conversations/${id}/messages?*`, async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as MessagePage;
    for (const message of body.messages) damage(message);
    await route.fulfill({ response, json: body });
  });
}

test('a dialog that cannot be rendered affects only itself, and can be retried', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const open = await ada.group('Lighthouse', [], 'public');
  const own = await bob.group('Archive', []);
  await damageListed(bob, '**/api/conversations/public?*', open, (group) => Object.assign(group, { name: unknown }));
  await bob.open(own);
  await bob.page.getByRole('button', { name: 'Browse public groups' }).click();
  await expect(bob.dialog.getByText('This could not be shown')).toBeVisible();
  await bob.page.unroute('**/api/conversations/public?*');
  await bob.dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(bob.dialog.getByText('Lighthouse')).toBeVisible();
  await expect(bob.dialog.getByText('This could not be shown')).toHaveCount(0);
  await bob.page.keyboard.press('Escape');
  await expect(bob.listed('Archive')).toBeVisible();
  await bob.say('The conversation stands');
});

test('a list that cannot be rendered affects only itself, and can be retried', async ({ person }) => {
  const bob = await person('Bob Martin');
  const broken = await bob.group('Broken', []);
  const sound = await bob.group('Sound', []);
  await damageListed(bob, '**/api/conversations?*', broken, (group) => Object.assign(group, { name: unknown }));
  await bob.open(sound);
  const list = bob.page.getByRole('complementary', { name: 'Conversations', exact: true });
  await expect(list.getByText('The list could not be shown')).toBeVisible();
  await bob.say('The conversation stands');
  await bob.page.unroute('**/api/conversations?*');
  await list.getByRole('button', { name: 'Try again' }).click();
  await expect(bob.listed('Broken')).toBeVisible();
  await expect(bob.listed('Sound')).toBeVisible();
});

test('a composer that cannot be rendered affects only itself, and can be retried', async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await bob.send(id, 'Still to be read');
  await damageListed(bob, '**/api/conversations?*', id, ({ me }) => {
    if (me) Object.assign(me, { draft: unknown, draftVersion: me.draftVersion + 1 });
  });
  await bob.page.goto(`/c/${id}`);
  const problem = bob.page.getByRole('main').getByRole('alert');
  await expect(problem).toContainText('The field to write in could not be shown');
  await expect(bob.row('Still to be read')).toBeVisible();
  await expect(bob.listed('Archive')).toBeVisible();
  await bob.page.unroute('**/api/conversations?*');
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(bob.composer).toHaveValue('');
  await bob.say('The composer works');
});

test('a timeline that cannot be rendered affects only itself, and can be retried', async ({ person }) => {
  const bob = await person('Bob Martin');
  const home = await bob.group('Home', []);
  const id = await bob.group('Archive', []);
  await bob.send(id, 'Still to be read');
  await bob.open(home);
  await damageMessages(bob, id, (message) => Object.assign(message, { sender: null }));
  await bob.listed('Archive').click();
  const problem = bob.page.getByRole('main').getByRole('alert');
  await expect(problem).toContainText('The messages could not be shown');
  await expect(bob.composer).toBeVisible();
  await bob.page.unroute(`**/api/conversations/${id}/messages?*`);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(bob.row('Still to be read')).toBeVisible();
});

test('a search that cannot be rendered affects only itself, and can be retried', async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await bob.send(id, 'tungsten filament');
  await bob.open(id);
  await bob.page.route('**/api/search?*', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as SearchAnswer;
    await route.fulfill({ response, json: { ...body, results: [{ message: null, conversation: null, snippet: [] }] } });
  });
  await bob.page.keyboard.press('Control+Shift+f');
  await searchFor(bob, 'tungsten');
  await expect(panel(bob).getByRole('alert')).toBeVisible();
  await bob.say('The conversation stands');
  await bob.page.unroute('**/api/search?*');
  await panel(bob).getByRole('button', { name: 'Try again' }).click();
  await searchFor(bob, 'tungsten');
  await expect(hits(bob)).toHaveText([/tungsten filament/]);
});

test('a picture that cannot be rendered closes with a message, and can be opened again once its message is sound', async ({
  person,
}) => {
  const bob = await person('Bob Martin');
  const home = await bob.group('Home', []);
  const id = await bob.group('Pictures', []);
  await bob.open(id);
  const mimeType = 'image/png';
  await sendFiles(bob, id, [{ name: 'broken.png', mimeType, buffer: await png('teal') }]);
  await sendFiles(bob, id, [{ name: 'sound.png', mimeType, buffer: await png('navy') }]);
  await bob.open(home);
  await damageMessages(bob, id, ({ attachments }) => {
    for (const attachment of attachments) if (attachment.name === 'broken.png') Object.assign(attachment, { name: unknown });
  });
  await bob.listed('Pictures').click();
  const pictures = bob.timeline.locator('button:has(img)');
  await pictures.first().click();
  await expect(bob.page.getByText('The picture could not be shown. It can still be downloaded.')).toBeVisible();
  await expect(bob.dialog).toHaveCount(0);
  await bob.say('The conversation stands');
  await pictures.last().click();
  await expect(bob.dialog.getByText('sound.png')).toBeVisible();
  await bob.page.keyboard.press('Escape');
  await bob.page.unroute(`**/api/conversations/${id}/messages?*`);
  // The first try requests the message anew, and a later one shows it.
  await expect(async () => {
    await pictures.first().click();
    await expect(bob.dialog.getByText('broken.png')).toBeVisible({ timeout: 1_000 });
  }).toPass();
});
