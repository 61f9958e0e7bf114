import { expect, test } from '@/tests/e2e/support/fixtures';

test('a conversation that was not seen before is requested once; one that was is not requested at all', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const names = ['Harbour', 'Lighthouse', 'Pier'];
  const ids: string[] = [];
  for (const name of names) {
    const id = await ada.group(name, [bob]);
    await bob.send(id, `Said in ${name}`);
    ids.push(id);
  }
  await ada.visit(`/c/${ids[0]}`);
  await expect(ada.row('Said in Harbour')).toBeVisible();
  const asked: string[] = [];
  ada.page.on('request', (request) => {
    if (['document', 'fetch', 'xhr'].includes(request.resourceType())) asked.push(new URL(request.url()).pathname);
  });
  const open = async (name: string) => {
    asked.length = 0;
    await ada.listed(name).click();
    await expect(ada.row(`Said in ${name}`)).toBeVisible();
    await expect(ada.composer).toBeFocused();
  };
  const details = ada.page.getByRole('button', { name: 'Details', exact: true });
  for (const place of [1, 2]) {
    await open(names[place] ?? '');
    expect(asked).toEqual([`/api/conversations/${ids[place]}/messages`]);
    // The members came with the answer to conversation.join, so the panel needs no request for them.
    await details.click();
    await expect(ada.page.getByRole('complementary', { name: 'Details' })).toContainText('Bob Martin');
    await details.click();
    expect(asked).toEqual([`/api/conversations/${ids[place]}/messages`]);
  }
  for (const name of names) {
    await open(name);
    expect(asked).toEqual([]);
  }
});
