import { randomUUID } from 'node:crypto';
import type { JoinedAnswer } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';

// Simulates bugs of the server by damaging its answers. The page must show as much as possible.
test.use({ tolerated: /./ });

/** Damages one message in the older half of the history. */
async function damageOlder({ page }: Actor, damage: (message: Message) => void): Promise<void> {
  await page.route('**/messages?before=*', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { messages: Message[] };
    for (const message of body.messages) if (message.content === 'Message 10') damage(message);
    await route.fulfill({ response, json: body });
  });
}

/**
 * Damages the pictures of the members in the answer to conversation.join.
 * @returns a function that ends it
 */
async function damageMembers({ page }: Actor): Promise<() => void> {
  let isDamaging = true;
  await page.routeWebSocket('**/socket.io/*', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      // An ack of Socket.IO: its type, its number, and the answer in a list.
      const [, head, body] = /^(43\d+)(.*)$/s.exec(`${message}`) ?? [];
      if (!head || !body || !isDamaging) return socket.send(message);
      const answer = JSON.parse(body) as [{ data?: Partial<JoinedAnswer> }];
      // A person without presence events, because these would bring an undamaged picture.
      for (const { user } of answer[0].data?.participants ?? [])
        Object.assign(user, { id: randomUUID(), image: { of: 'another version' } });
      socket.send(head + JSON.stringify(answer));
    });
  });
  return () => {
    isDamaging = false;
  };
}

test('a row that cannot be rendered affects only itself, and shows the typed text', async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await bob.sendMany(id, 80);
  await damageOlder(bob, (message) => {
    Object.assign(message, { reactions: [{ emoji: '👍', count: 1, mine: false }] });
  });
  await bob.open(id);
  await expect(async () => {
    await bob.timeline.hover();
    await bob.page.mouse.wheel(0, -2_000);
    await expect(bob.row('Message 10')).toBeAttached({ timeout: 500 });
  }).toPass();
  await expect(bob.row('Message 10')).toContainText('This message could not be shown in full.');
  await expect(bob.row('Message 10')).toContainText('Bob Martin');
  await expect(bob.row('Message 9')).not.toContainText('could not');
  await expect(bob.row('Message 11')).not.toContainText('could not');
  await expect(bob.page.getByText('could not be shown')).toHaveCount(1);
  await bob.row('Message 10').getByRole('button', { name: 'Try again' }).click();
  await expect(bob.row('Message 10')).not.toContainText('could not');
  await bob.say('And it goes on');
});

test('a panel that cannot be rendered affects only itself, and can be retried', async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  const mend = await damageMembers(bob);
  await bob.open(id);
  await bob.page.getByRole('button', { name: 'Details', exact: true }).click();
  const panel = bob.page.getByRole('complementary', { name: 'Details' });
  await expect(panel.getByRole('alert')).toContainText('The details could not be shown');
  await bob.say('The conversation stands');
  await expect(bob.listed('Archive')).toBeVisible();
  mend();
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByText('Bob Martin').first()).toBeVisible();
  await panel.getByRole('button', { name: 'Close details' }).click();
  await expect(panel).toHaveCount(0);
});

test('a conversation that cannot be rendered leaves the list usable, and the home page skips it', async ({ person }) => {
  const bob = await person('Bob Martin');
  const sound = await bob.group('Sound', []);
  const broken = await bob.group('Broken', []);
  await bob.send(sound, 'All is well');
  await bob.send(broken, 'The newest');
  await bob.page.route(`**/c/${broken}`, async (route) => {
    const response = await route.fetch();
    const whose = /(\\"name\\":\\"Broken\\".*?\\"participants\\":)\[/gs;
    await route.fulfill({ response, body: (await response.text()).replaceAll(whose, '$1null,\\"were\\":[') });
  });
  await bob.page.goto(`/c/${broken}`);
  const problem = bob.page.getByRole('main').getByRole('alert');
  await expect(problem).toContainText('This conversation could not be shown');
  await bob.listed('Sound').click();
  await expect(bob.row('All is well')).toBeVisible();
  await bob.page.goto('/');
  await expect(bob.page).toHaveURL(`/c/${sound}`);
  await expect(bob.row('All is well')).toBeVisible();
});
