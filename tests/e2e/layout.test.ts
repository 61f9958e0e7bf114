import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { expectNothingSideways, expectStill, recordShifts } from '@/tests/e2e/support/layout';
import { phone } from '@/tests/e2e/support/phone';

const heights = { 390: 844, 1024: 768, 1440: 900, 1920: 1080 };

/** Checks the page at every width. */
async function expectFits(page: Page, what: string): Promise<void> {
  for (const [width, height] of Object.entries(heights)) {
    await page.setViewportSize({ width: Number(width), height });
    await expectNothingSideways(page, `${what} at ${width}`);
  }
}

/** A group with everything that has its own size. @returns its id */
async function furnish(actor: Actor, members: Actor[]): Promise<string> {
  const id = await actor.group('A group with a rather long name, as people like to give them in the first week', members);
  const long = 'Somebody who writes a lot, in one go, without a single paragraph. '.repeat(12);
  await actor.ask('PUT', `/api/conversations/${id}/pins/${(await actor.send(id, long)).id}`);
  await actor.send(id, `\`\`\`ts\nconst line = '${'long '.repeat(60)}';\n\`\`\``);
  await actor.send(id, `| ${'a wide column | '.repeat(8)}\n| ${'--- | '.repeat(8)}\n| ${'cell | '.repeat(8)}`);
  const picture = sharp({ create: { width: 1600, height: 900, channels: 3, background: 'teal' } });
  const file = { name: 'wide.png', mimeType: 'image/png', buffer: await picture.png().toBuffer() };
  const uploaded = await actor.page.context().request.post('/api/uploads', { multipart: { file } });
  const { attachment } = await uploaded.json();
  await actor.ask('POST', `/api/conversations/${id}/messages`, { content: 'A wide one', attachmentIds: [attachment.id] });
  await actor.sendMany(id, 12);
  return id;
}

test('nothing overflows at 390, 1024, 1440 and 1920: sign-in pages and first steps', async ({ visitor, person }) => {
  const page = await visitor();
  for (const path of ['/sign-in', '/register']) {
    await page.goto(path);
    await expect(page.getByRole('button', { name: /^(Sign in|Create account)$/ })).toBeVisible();
    await expectFits(page, path);
  }
  const ada = await person('Ada Lovelace');
  await ada.visit();
  await expect(ada.page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible();
  await expectFits(ada.page, 'first steps');
});

test('nothing overflows at 390, 1024, 1440 and 1920: conversations, details, settings', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const [group, direct] = [await furnish(ada, [bob]), await ada.directWith(bob)];
  await ada.send(direct, 'Hello');
  for (const path of [`/c/${group}`, `/c/${direct}`, '/settings']) {
    await ada.visit(path);
    await expectFits(ada.page, path);
    if (path === '/settings') continue;
    await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
    await expect(ada.page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    await expectFits(ada.page, `${path} with details`);
    await ada.page.getByRole('button', { name: 'Close details' }).click();
  }
  for (const name of ['Appearance', 'Devices']) {
    await ada.page.getByRole('tab', { name }).click();
    await expectFits(ada.page, name);
  }
});

test.describe('the “not found” page', () => {
  test.use({ tolerated: /status of 404/ });

  test('fits every width', async ({ person }) => {
    const ada = await person('Ada Lovelace');
    await ada.page.goto('/nowhere');
    await expect(ada.page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
    await expectFits(ada.page, 'not found');
    await ada.visit('/c/01234567-89ab-7cde-8f01-23456789abcd');
    await expect(ada.page.getByText('There is nothing here')).toBeVisible();
    await expectFits(ada.page, 'a conversation that is not there');
  });
});

for (const [device, options] of Object.entries({ desktop: {}, phone })) {
  test(`nothing shifts while a page loads, on a ${device}`, async ({ visitor, person }) => {
    const page = await visitor(options);
    await recordShifts(page);
    await page.goto('/sign-in');
    await page.evaluate(() => document.fonts.ready);
    await expectStill(page, 'sign-in');
    const [ada, bob] = [await person('Ada Lovelace', options), await person('Bob Martin')];
    await recordShifts(ada.page);
    await ada.visit();
    await expectStill(ada.page, 'first steps');
    const id = await furnish(bob, [ada]);
    for (const path of [`/c/${id}`, `/c/${id}`, '/settings', '/']) {
      await ada.visit(path);
      await ada.page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
      await expectStill(ada.page, path);
    }
  });
}

test('nothing shifts while a page arrives in pieces', async ({ person, visitor }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await furnish(bob, [ada]);
  for (const [page, path] of [
    [await visitor(), '/sign-in'],
    [ada.page, `/c/${id}`],
  ] as const) {
    // Styles and fonts are cached, as for people who have been here before.
    await page.goto(path);
    await recordShifts(page);
    const line = await page.context().newCDPSession(page);
    const slow = { offline: false, latency: 20, downloadThroughput: 10 * 1024, uploadThroughput: -1 };
    await line.send('Network.emulateNetworkConditions', slow);
    await page.goto(path);
    await expectStill(page, `${path} by a slow network`);
  }
});
