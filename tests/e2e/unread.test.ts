import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { holdFirst, holdScripts } from '@/tests/e2e/support/link';
import { placeOf } from '@/tests/e2e/support/place';
import { everSeen, record } from '@/tests/e2e/support/record';

const readLine = ({ page }: Actor) => page.locator('[data-read-line]');

test('an unread conversation opens at its first unread message, below a line that says New', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await bob.group('Minutes', [ada]);
  await bob.sendMany(id, 30);
  for (let n = 1; n <= 60; n += 1) await ada.send(id, `Unread ${n}`);
  await bob.visit('/settings');
  await expect(bob.listed('Minutes').getByText('60 unread')).toBeAttached();
  await expect(bob.page).toHaveTitle('(60) Parley · Settings');

  await bob.listed('Minutes').click();
  await expect(readLine(bob)).toHaveText('New');
  await expect(readLine(bob)).toBeInViewport();
  await expect(bob.row('Unread 1')).toBeInViewport();
  await expect(bob.row('Unread 60')).not.toBeInViewport();
  const line = (await readLine(bob).boundingBox())?.y ?? 0;
  expect(line).toBeLessThan(await placeOf(bob, 'Unread 1'));
  expect(line).toBeGreaterThan(await placeOf(bob, 'Message 30'));

  // Messages that were on screen are read, the others are not.
  await expect(bob.listed('Minutes').getByText(/^[1-5]?\d unread$/)).toBeAttached();
  await expect.poll(() => bob.unread(id)).toBeLessThan(60);
  expect(await bob.unread(id)).toBeGreaterThan(0);
  await bob.page.getByRole('button', { name: 'Jump to the end' }).click();
  await expect(bob.row('Unread 60')).toBeInViewport();
  await expect(bob.listed('Minutes')).not.toContainText('unread');
  await expect(bob.page).toHaveTitle('Parley · Minutes');
  await expect(readLine(bob), 'the line stays while one reads on').toBeAttached();
});

test('it opens there before the page’s scripts run, and does not move when they do', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await bob.group('Minutes', [ada]);
  await bob.sendMany(id, 30);
  for (let n = 1; n <= 40; n += 1) await ada.send(id, `Unread ${n}`);
  const run = await holdScripts(bob.page);
  await bob.page.goto(`/c/${id}`, { waitUntil: 'commit' });
  await expect(bob.row('Unread 40')).toBeAttached();
  await expect(readLine(bob)).toBeInViewport();
  const before = await placeOf(bob, 'Unread 1');
  await run();
  await bob.isConnected();
  await expect.poll(() => bob.unread(id), 'what is on screen is read').toBeLessThan(40);
  expect(Math.abs((await placeOf(bob, 'Unread 1')) - before)).toBeLessThan(2);
});

test('messages marked unread stay unread when the window gets focus again, and open there', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Questions', [bob]);
  for (let n = 1; n <= 6; n += 1) await ada.send(id, `Question ${n}`);
  await bob.open(id);
  await expect.poll(() => bob.unread(id)).toBe(0);
  await bob.choose('Question 4', 'Mark unread from here');
  await expect(bob.listed('Questions').getByText('3 unread')).toBeAttached();
  await expect(bob.page).toHaveTitle('(3) Parley · Questions');
  await bob.page.evaluate(() => {
    window.dispatchEvent(new Event('blur'));
    window.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await ada.send(id, 'Question 7');
  await expect(bob.listed('Questions').getByText('4 unread')).toBeAttached();
  expect(await bob.unread(id)).toBe(4);

  await bob.visit('/settings');
  await expect(bob.listed('Questions').getByText('4 unread')).toBeAttached();
  await bob.listed('Questions').click();
  await expect(readLine(bob)).toBeInViewport();
  expect((await readLine(bob).boundingBox())?.y).toBeLessThan(await placeOf(bob, 'Question 4'));
  await expect(bob.listed('Questions'), 'seen, and so read').not.toContainText('unread');
});

test('a late read.updated event from before marks nothing unread', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const late = await holdFirst(bob.page, 'read.updated');
  const id = await ada.directWith(bob);
  await Promise.all([ada.open(id), bob.open(id)]);
  await ada.say('One');
  await expect(bob.row('One')).toBeVisible();
  await late.held;
  await bob.say('Two');
  await expect.poll(late.passed).toBe(1);
  await record(bob.list);
  late.release();
  await ada.say('Three');
  await expect(ada.row('Three').getByRole('img', { name: 'Read', exact: true })).toBeVisible();
  expect(await everSeen(bob.page, /unread/)).toEqual([]);
});

test('every day has its divider, in the reader’s own calendar', { tag: '@one-browser' }, async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Diary', []);
  await bob.sendMany(id, 70);
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  // The server sets times itself, so its answer with older messages is changed on the way.
  await bob.page.route('**/messages?before=*', async (route) => {
    const response = await route.fetch();
    const page = await response.json();
    for (const message of page.messages) message.createdAt = daysAgo(message.seq <= 10 ? 400 : 1);
    await route.fulfill({ response, json: page });
  });
  await bob.open(id);
  await bob.timeline.press('Home');
  await expect(bob.row('Message 1')).toBeAttached();
  const days = bob.timeline.locator('time').filter({ hasText: /Today|Yesterday|20\d\d/ });
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Berlin' });
  await expect(days).toHaveText([format.format(new Date(daysAgo(400))), 'Yesterday', 'Today']);
  const heights = await Promise.all([1, 10, 11, 20].map((n) => placeOf(bob, `Message ${n}`)));
  expect(heights).toEqual(heights.toSorted((one, other) => one - other));
});
