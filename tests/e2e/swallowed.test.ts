import { expect, networkErrors, test } from '@/tests/e2e/support/fixtures';
import { SwallowingProxy, type Treatment } from '@/tests/e2e/support/swallowing';

// Browsers print refused handshakes, and connections that this test breaks.
test.use({ tolerated: networkErrors });

const treatments: [treatment: Treatment, what: string][] = [
  ['swallow', 'answers no handshake of a WebSocket'],
  ['refuse', 'refuses WebSockets'],
  ['deaf', 'opens WebSockets and lets nothing back through them'],
  ['mute', 'opens WebSockets and lets nothing of the browser through them'],
];

for (const [treatment, what] of treatments)
  test(`behind a proxy that ${what} the page connects within seconds, and messages flow`, async ({ person, baseURL }) => {
    const proxy = await SwallowingProxy.to(baseURL ?? '', treatment);
    const [ada, bob] = [await person('Ada Lovelace', { baseURL: proxy.url }), await person('Bob Martin')];
    const id = await bob.directWith(ada);
    await bob.send(id, 'Are you there?');
    await bob.open(id);
    await ada.page.goto(`/c/${id}`);
    // Browsers wait minutes for a handshake.
    await expect(ada.page.locator('[data-connection=connected]')).toBeVisible({ timeout: 20_000 });
    await ada.say('In spite of it');
    await expect(bob.row('In spite of it')).toBeVisible();
    await bob.say('Good');
    await expect(ada.row('Good')).toBeVisible();
    expect(proxy.tried).toContain('websocket');

    // The proxy was repaired: the next connection is a WebSocket, and carries messages.
    await proxy.cut();
    await expect(ada.page.locator('[data-connection=connected]')).toHaveCount(0);
    proxy.treatment = 'pass';
    const webSocket = ada.page.waitForEvent('websocket');
    await proxy.mend();
    await (await webSocket).waitForEvent('framereceived');
    await ada.isConnected();
    await ada.say('Repaired');
    await expect(bob.row('Repaired')).toBeVisible();
    await ada.page.close();
    await proxy.cut();
  });

test('behind a proxy that swallows WebSockets, only the first page waits for one', async ({ person, baseURL }) => {
  const proxy = await SwallowingProxy.to(baseURL ?? '', 'swallow');
  const ada = await person('Ada Lovelace', { baseURL: proxy.url });
  await ada.page.goto('/');
  const connected = ada.page.locator('[data-connection=connected]');
  await expect(connected).toBeVisible({ timeout: 20_000 });
  expect(proxy.tried[0], 'the premise').toBe('websocket');
  proxy.tried.length = 0;
  await ada.page.reload();
  await expect(connected).toBeVisible();
  expect(proxy.tried[0]).toBe('polling');
  await ada.page.close();
  await proxy.cut();
});
