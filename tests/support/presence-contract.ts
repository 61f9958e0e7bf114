import { describe, expect, it } from 'vitest';
import type { PresenceStore } from '@/lib/domain/presence/memory-store';

export interface PresenceRig {
  store: PresenceStore;
  /** the people who were announced as offline, in order */
  gone: string[];
}

/** Short enough to wait for, long enough for events in between. */
export const goneAfterMs = 1_000;

/** The contract of every presence store. @param make creates one in which nobody is online */
export function presenceContract(name: string, make: () => PresenceRig): void {
  describe(`presence ${name}`, () => {
    it('is offline for a person who was never online', async () => {
      const { store } = make();
      expect(await store.statusOf('nobody')).toBe('offline');
      expect(await store.statusesOf([])).toEqual(new Map());
    });

    it('announces an arrival once, and shows the chosen status', async () => {
      const { store } = make();
      expect(await store.connect('ada', 'phone', 'busy')).toBe(true);
      expect(await store.connect('ada', 'laptop', 'busy')).toBe(false);
      await store.connect('grace', 'phone', 'online');
      await store.choose('grace', 'away');
      await store.choose('linus', 'away');
      expect([...(await store.statusesOf(['linus', 'ada', 'grace']))]).toEqual([
        ['linus', 'offline'],
        ['ada', 'busy'],
        ['grace', 'away'],
      ]);
    });

    it('is online while any device is, and announces the last departure once, after a delay', async () => {
      const { store, gone } = make();
      await store.connect('ada', 'phone', 'online');
      await store.connect('ada', 'laptop', 'online');
      await store.disconnect('ada', 'phone');
      await store.disconnect('ada', 'phone');
      await store.disconnect('ada', 'a device that never was');
      expect(await store.statusOf('ada')).toBe('online');
      const began = Date.now();
      await store.disconnect('ada', 'laptop');
      expect(await store.statusOf('ada')).toBe('online');
      await expect.poll(() => gone).toEqual(['ada']);
      expect(Date.now() - began).toBeGreaterThanOrEqual(goneAfterMs - 5);
      expect(await store.statusOf('ada')).toBe('offline');
      expect(await store.connect('ada', 'phone', 'online')).toBe(true);
    });

    it('does not announce a departure when the person came back in time', async () => {
      const { store, gone } = make();
      await store.connect('ada', 'phone', 'online');
      await store.connect('grace', 'phone', 'online');
      await store.disconnect('ada', 'phone');
      expect(await store.connect('ada', 'laptop', 'away')).toBe(false);
      await store.disconnect('grace', 'phone');
      // Grace left after Ada, so by the time of her announcement Ada's would have come.
      await expect.poll(() => gone).toEqual(['grace']);
      expect(await store.statusOf('ada')).toBe('away');
    });

    it('ends for everybody at once when the process ends, and reports whose last device that was', async () => {
      const { store, gone } = make();
      await store.connect('ada', 'phone', 'online');
      await store.connect('ada', 'laptop', 'online');
      await store.connect('grace', 'phone', 'online');
      // Linus has just left, and nobody was announced yet.
      await store.connect('linus', 'phone', 'online');
      await store.disconnect('linus', 'phone');
      expect((await store.clear()).toSorted()).toEqual(['ada', 'grace', 'linus']);
      expect(gone).toEqual([]);
    });
  });
}
