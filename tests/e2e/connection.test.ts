import type { Actor } from '@/tests/e2e/support/actor';
import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, networkErrors, test } from '@/tests/e2e/support/fixtures';
import { loseAnswers } from '@/tests/e2e/support/link';
import { startServer } from '@/tests/support/server';

test.use({ tolerated: networkErrors });

const strip = ({ page }: Actor) => page.locator('[data-offline-strip]');
const sending = ({ rows }: Actor) => rows.getByRole('img', { name: 'Sending' });
const texts = ({ rows }: Actor) => rows.getByTestId('message-text').allTextContents();

/** Sends messages without waiting for the server. */
async function write(actor: Actor, content: string[]): Promise<void> {
  for (const text of content) await actor.say(text);
}

test('messages written offline show as waiting, and are delivered once and in order', async ({ person, link }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin', { baseURL: link.url })];
  const id = await ada.directWith(bob);
  await Promise.all([ada.open(id), bob.open(id)]);
  await link.cut();
  await expect(strip(bob)).toContainText('What you write is kept and sent when the connection is back.');
  const written = ['First', 'Second', 'Third'];
  await write(bob, written);
  await expect(sending(bob)).toHaveCount(3);
  await expect(strip(bob)).toContainText('3 messages wait and will be sent by themselves.');
  await expect(bob.page.getByRole('button', { name: 'Bob Martin: status and more' })).toContainText('3 waiting');
  await expectAccessible(bob.page, 'without a connection');
  await ada.say('Said meanwhile');
  await expect.poll(async () => (await ada.history(id)).length).toBe(1);

  await link.mend();
  await bob.isConnected();
  await expect(strip(bob)).toHaveCount(0);
  await expect(sending(bob)).toHaveCount(0);
  await expect(bob.row('Said meanwhile')).toBeVisible();
  await expect.poll(() => texts(ada)).toEqual(['Said meanwhile', ...written]);
  await expect.poll(() => texts(bob)).toEqual(['Said meanwhile', ...written]);
  expect((await ada.history(id)).map(({ content }) => content)).toEqual(['Said meanwhile', ...written]);
});

test('waiting messages survive a reload, and are delivered once', async ({ person, link }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin', { baseURL: link.url })];
  const id = await ada.directWith(bob);
  await Promise.all([ada.open(id), bob.open(id)]);
  await link.cut();
  await write(bob, ['One', 'Two', 'Three']);
  await link.mend();
  await bob.page.reload();
  await bob.isConnected();
  await expect.poll(() => texts(ada)).toEqual(['One', 'Two', 'Three']);
  await expect.poll(() => texts(bob)).toEqual(['One', 'Two', 'Three']);
  await expect(sending(bob)).toHaveCount(0);
  expect((await ada.history(id)).length).toBe(3);
});

test('a message whose answer is lost three times is stored once', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.directWith(bob);
  const lost = await loseAnswers(bob.page, 'message.send', 3);
  await Promise.all([ada.open(id), bob.open(id)]);
  const written = ['One', 'Two', 'Three'];
  for (const text of written) {
    await bob.say(text);
    await expect(bob.row(text).getByRole('img', { name: 'Read', exact: true })).toBeVisible();
  }
  expect(lost()).toBe(3);
  await ada.say('And an answer');
  for (const one of [ada, bob]) await expect.poll(() => texts(one)).toEqual([...written, 'And an answer']);
  await expect(sending(bob)).toHaveCount(0);
  expect((await ada.history(id)).map(({ content }) => content)).toEqual([...written, 'And an answer']);
});

test('after an interruption the screen matches the server: new, edited, deleted, reactions', async ({ person, link }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin', { baseURL: link.url })];
  const id = await ada.group('Busy', [bob]);
  const [kept, wrong] = [await ada.send(id, 'Keep this'), await ada.send(id, 'Wrnog')];
  const gone = await ada.send(id, 'Regret');
  await Promise.all([ada.open(id), bob.open(id)]);
  await expect(bob.row('Regret')).toBeVisible();
  await link.cut();
  await expect(strip(bob)).toBeVisible();
  const path = `/api/conversations/${id}/messages`;
  await ada.ask('PATCH', `${path}/${wrong.id}`, { content: 'Right' });
  await ada.ask('DELETE', `${path}/${gone.id}`);
  await ada.ask('PUT', `${path}/${kept.id}/reactions/👍`);
  await ada.sendMany(id, 20);
  await link.mend();
  await expect(bob.row('Message 20')).toBeInViewport();
  await expect(bob.row('Right')).toContainText('(edited)');
  await expect(bob.timeline).toContainText('This message was deleted');
  await expect(bob.timeline).not.toContainText('Regret');
  await expect(bob.row('Keep this').getByRole('button', { name: '👍, 1' })).toBeAttached();
  await expect(ada.row('Message 20')).toBeInViewport();
  expect(await texts(bob)).toEqual(await texts(ada));
});

test('both screens survive a restart of the server without a reload', async ({ person }) => {
  test.setTimeout(120_000);
  const server = await startServer();
  const baseURL = `http://localhost:${server.port}`;
  const [ada, bob] = [await person('Ada Lovelace', { baseURL }), await person('Bob Martin', { baseURL })];
  const id = await ada.directWith(bob);
  await Promise.all([ada.open(id), bob.open(id)]);
  await ada.say('Before');
  await expect(bob.row('Before')).toBeVisible();
  await server.down();
  await expect(strip(ada)).toBeVisible();
  await write(ada, ['Written', 'while it was down']);
  await bob.composer.fill('I was about to say');
  await server.up();
  await Promise.all([ada.isConnected(), bob.isConnected()]);
  await expect.poll(() => texts(bob)).toEqual(['Before', 'Written', 'while it was down']);
  await expect(sending(ada)).toHaveCount(0);
  await expect(bob.composer).toHaveValue('I was about to say');
  await bob.composer.press('Enter');
  await expect(ada.row('I was about to say')).toBeVisible();
  for (const { page } of [ada, bob]) await page.close();
  await server.stop();
});
