import { expect, test } from 'vitest';
import { MemoryLatestPages } from '@/lib/domain/messages/latest-page-memory';
import { tailStoreContract } from '@/tests/support/tail-store-contract';

tailStoreContract('in memory', () => {
  const clock = { now: 1_000_000 };
  return {
    store: new MemoryLatestPages(() => clock.now),
    pass: async (ms) => {
      clock.now += ms;
    },
  };
});

test('memory is limited by the length of the texts, and the least recently used ones are dropped first', async () => {
  const store = new MemoryLatestPages(Date.now, 1_000);
  await store.set('asked for', 'x'.repeat(100));
  for (let n = 0; n < 50; n += 1) {
    await store.set(`${n}`, 'x'.repeat(100));
    expect(await store.get('asked for')).not.toBeNull();
    expect(store.characters).toBeLessThanOrEqual(1_000);
  }
  expect(await store.get('0')).toBeNull();
  expect(await store.get('49')).not.toBeNull();
});

test('counts a replaced entry as dropped only once', async () => {
  const clock = { now: 0 };
  const store = new MemoryLatestPages(() => clock.now, 1_000);
  for (let n = 0; n < 20; n += 1) await store.set('key', 'x'.repeat(100));
  expect(store.characters).toBe(100);
  clock.now = 1e9;
  await store.get('key');
  expect(store.characters).toBe(0);
});
