import { describe, expect, it } from 'vitest';
import type { Limiter } from '@/lib/platform/rate-limits/memory-window';

export interface LimiterRig {
  limiter: Limiter;
  /** Advances the time for what was counted. */
  pass(ms: number): Promise<void>;
}

const rate = { count: 3, seconds: 60 };

/** The contract of every limiter. @param make creates an unused one */
export function limiterContract(name: string, make: () => LimiterRig): void {
  const spend = async ({ limiter }: LimiterRig, subject: string) => {
    for (let taken = 0; taken < rate.count; taken += 1) expect(await limiter.take(subject, rate)).toBe(0);
  };

  describe(`a sliding window ${name}`, () => {
    it('permits the count and says how long to wait for the next', async () => {
      const rig = make();
      await spend(rig, 'ada');
      await rig.pass(10_000);
      expect(await rig.limiter.take('ada', rate)).toBe(50);
    });

    it('forgets an event exactly one window later', async () => {
      const rig = make();
      await rig.limiter.take('ada', rate);
      await rig.pass(30_000);
      await rig.limiter.take('ada', rate);
      await rig.limiter.take('ada', rate);
      await rig.pass(30_001);
      expect(await rig.limiter.take('ada', rate)).toBe(0);
      expect(await rig.limiter.take('ada', rate)).toBe(30);
    });

    it('does not count refused attempts, so retrying does not prolong the wait', async () => {
      const rig = make();
      for (let asked = 0; asked < 20; asked += 1) await rig.limiter.take('ada', rate);
      await rig.pass(60_001);
      expect(await rig.limiter.take('ada', rate)).toBe(0);
    });

    it('counts each subject separately', async () => {
      const rig = make();
      await spend(rig, 'ada');
      expect(await rig.limiter.take('grace', rate)).toBe(0);
    });

    it('refunds an attempt that turned out to cost nothing', async () => {
      const rig = make();
      await spend(rig, 'ada');
      await rig.limiter.giveBack('ada');
      expect(await rig.limiter.take('ada', rate)).toBe(0);
      expect(await rig.limiter.take('ada', rate)).toBeGreaterThan(0);
    });

    it('refunds nothing to a subject without attempts', async () => {
      const rig = make();
      await rig.limiter.giveBack('ada');
      await spend(rig, 'ada');
      expect(await rig.limiter.take('ada', rate)).toBeGreaterThan(0);
    });

    it('gives a wait of at least a second, because a client would retry at once otherwise', async () => {
      const rig = make();
      await spend(rig, 'ada');
      await rig.pass(59_500);
      expect(await rig.limiter.take('ada', rate)).toBe(1);
    });

    it('permits exactly the count under concurrency', async () => {
      const rig = make();
      const waits = await Promise.all(Array.from({ length: 50 }, () => rig.limiter.take('ada', rate)));
      expect(waits.filter((wait) => wait === 0)).toHaveLength(rate.count);
    });
  });
}
