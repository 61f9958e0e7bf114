import { describe, expect, it } from 'vitest';
import { keptForMs, type LatestPageStore } from '@/lib/domain/messages/latest-page-memory';

export interface TailStoreRig {
  store: LatestPageStore;
  /** Advances the time for stored pages. */
  pass(ms: number): Promise<void>;
}

/** The contract of every store of latest pages. @param make creates an unused one */
export function tailStoreContract(name: string, make: () => TailStoreRig): void {
  describe(`latest pages cached ${name}`, () => {
    it('are found under their exact key, and no other', async () => {
      const { store } = make();
      await store.set('tail:1:room:7:a', 'seven');
      await store.set('tail:1:room:8:b', 'eight');
      expect(await store.get('tail:1:room:7:a')).toBe('seven');
      expect(await store.get('tail:1:room:8:b')).toBe('eight');
      for (const other of ['tail:1:room:9:b', 'tail:1:room:8', 'tail:1:other:7:a']) expect(await store.get(other)).toBeNull();
    });

    it('are unchanged: quotes, line ends, emoji', async () => {
      const { store } = make();
      const text = JSON.stringify({ content: '"It\'s\n👩‍👩‍👧\u2028"' });
      await store.set('key', text);
      expect(await store.get('key')).toBe(text);
    });

    it('have the content that was stored last', async () => {
      const { store } = make();
      await store.set('key', 'first');
      await store.set('key', 'second');
      expect(await store.get('key')).toBe('second');
    });

    it('expire at their time, however often they are read', async () => {
      const { store, pass } = make();
      await store.set('key', 'text');
      await pass(keptForMs / 2);
      expect(await store.get('key')).toBe('text');
      await pass(keptForMs / 2 + 1);
      expect(await store.get('key')).toBeNull();
    });
  });
}
