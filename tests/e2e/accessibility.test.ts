import sharp from 'sharp';
import type { Actor } from '@/tests/e2e/support/actor';
import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { phone } from '@/tests/e2e/support/phone';

const sizes = { 'at 1440': {}, 'at 390': phone };

/** A conversation with everything that rows can contain: marks, quotes, code, tables, files, pictures, reactions, a deleted message. */
async function fill(ada: Actor, bob: Actor, id: string): Promise<void> {
  const path = `/api/conversations/${id}/messages`;
  const first = await ada.send(id, 'See **this** and `that`, @nobody:\n```js\nconst answer = "42"; // known\n```');
  await bob.ask('PUT', `${path}/${first.id}/reactions/👍`);
  await bob.ask('PUT', `/api/conversations/${id}/pins/${first.id}`);
  await ada.ask('PUT', `${path}/${first.id}/reactions/🎉`);
  await bob.ask('POST', path, {
    content: `> quoted\n\n- [ ] to do\n\n@${ada.handle} [link](https://example.org)`,
    replyToId: first.id,
  });
  await ada.ask('DELETE', `${path}/${(await ada.send(id, 'Gone')).id}`);
  await ada.ask('PATCH', `${path}/${(await ada.send(id, 'Old')).id}`, { content: '| a | b |\n|---|---|\n| 1 | 2 |' });
  const image = sharp({ create: { width: 300, height: 200, channels: 3, background: 'navy' } });
  const files = [
    { name: 'sea.png', mimeType: 'image/png', buffer: await image.png().toBuffer() },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes') },
  ];
  const attachmentIds: string[] = [];
  for (const file of files) {
    const answer = await ada.page.context().request.post('/api/uploads', { multipart: { file } });
    attachmentIds.push((await answer.json()).attachment.id);
  }
  await ada.ask('POST', path, { content: 'Two files', attachmentIds });
}

async function closeTop({ page }: Actor): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0);
}

for (const [size, options] of Object.entries(sizes)) {
  test.describe(size, () => {
    test.use({ tolerated: /status of 404/ });

    test('sign-in and registration have no serious axe violations in either theme', async ({ visitor }) => {
      const page = await visitor(options);
      for (const path of ['/sign-in', '/register', '/register?invite=anything', '/nowhere']) {
        await page.goto(path);
        await expectAccessible(page, path);
      }
      await page.goto('/register');
      await page.getByRole('button', { name: 'Create account' }).click();
      await expectAccessible(page, 'a form with problems');
    });

    test('the pages beside the conversations have no serious axe violations in either theme', async ({ person }) => {
      const [ada, bob] = [await person('Ada Lovelace', options), await person('Bob Martin')];
      await ada.visit();
      await expectAccessible(ada.page, 'first steps');
      await fill(ada, bob, await ada.group('Everything', [bob]));
      await bob.send(await ada.directWith(bob), 'Unread');
      await ada.visit('/settings');
      await expectAccessible(ada.page, 'profile');
      for (const name of ['Appearance', 'Devices']) {
        await ada.page.getByRole('tab', { name }).click();
        await expectAccessible(ada.page, name);
      }
      await ada.visit('/c/01234567-89ab-7cde-8f01-23456789abcd');
      await expectAccessible(ada.page, 'a conversation that is not there');
    });

    test('the conversation pages have no serious axe violations in either theme', async ({ person }) => {
      const [ada, bob] = [await person('Ada Lovelace', options), await person('Bob Martin')];
      const [direct, group] = [await ada.directWith(bob), await ada.group('Everything', [bob])];
      await fill(ada, bob, group);
      await bob.send(direct, 'Unread');
      await ada.visit();
      await expectAccessible(ada.page, 'home');
      for (const [what, id] of [
        ['a direct conversation', direct],
        ['a group', group],
      ] as const) {
        await ada.open(id);
        await expectAccessible(ada.page, what);
        await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
        await expect(ada.page.getByRole('radiogroup').first()).toBeVisible();
        await expectAccessible(ada.page, `details of ${what}`);
        await ada.page.getByRole('button', { name: 'Close details' }).click();
      }
    });

    test('the dialogs and menus of the list have no serious axe violations in either theme', async ({ person }) => {
      const [ada, bob] = [await person('Ada Lovelace', options), await person('Bob Martin')];
      const id = await ada.group('Everything', [bob], 'public');
      await fill(ada, bob, id);
      await ada.visit();
      if (options === phone) await ada.page.getByRole('button', { name: 'Ada Lovelace: status and more' }).focus();
      for (const name of ['New message', 'New group', 'Browse public groups', 'Ada Lovelace: status and more']) {
        await ada.page.getByRole('button', { name, exact: true }).click();
        await expect(ada.page.getByRole('dialog').or(ada.page.getByRole('menu'))).toBeVisible();
        await expectAccessible(ada.page, name);
        await closeTop(ada);
      }
      await ada.page.keyboard.press('Control+k');
      await ada.dialog.getByRole('combobox').fill('every');
      await expect(ada.dialog.getByRole('option').first()).toBeVisible();
      await expectAccessible(ada.page, 'quick switcher');
      await closeTop(ada);
    });

    test('the dialogs and menus of a conversation have no serious axe violations in either theme', async ({ person }) => {
      const [ada, bob] = [await person('Ada Lovelace', options), await person('Bob Martin')];
      const id = await ada.group('Everything', [bob], 'public');
      await fill(ada, bob, id);
      await ada.open(id);
      await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
      await expect(ada.page.getByRole('gridcell').first()).toBeVisible();
      await expectAccessible(ada.page, 'emoji');
      await closeTop(ada);
      await ada.timeline.getByRole('button', { name: 'sea.png' }).click();
      await expectAccessible(ada.page, 'lightbox');
      await closeTop(ada);
      await ada.row('Two files').focus();
      await ada.row('Two files').getByRole('button', { name: 'More actions' }).click();
      await expectAccessible(ada.page, 'actions of a message');
      await ada.page.getByRole('menuitem', { name: 'Delete' }).click();
      await expectAccessible(ada.page, 'deleting');
      await closeTop(ada);
    });
  });
}
