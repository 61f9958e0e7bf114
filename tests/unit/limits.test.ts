import { describe, expect, it } from 'vitest';
import { MemoryLimiter } from '@/lib/platform/rate-limits/memory-window';
import { limiterContract } from '@/tests/support/limiter-contract';

function clocked(max?: number) {
  const clock = { now: 1_000_000 };
  return { clock, limiter: new MemoryLimiter(() => clock.now, max) };
}

limiterContract('in memory', () => {
  const { clock, limiter } = clocked();
  return {
    limiter,
    pass: async (ms) => {
      clock.now += ms;
    },
  };
});

describe('the counts in memory', () => {
  const rate = { count: 3, seconds: 60 };

  it('is a bounded number of subjects, of which those that did nothing for longest are forgotten', async () => {
    const { limiter } = clocked(100);
    for (let stranger = 0; stranger < 1_000; stranger += 1) {
      await limiter.take('ada', rate);
      await limiter.take(`stranger ${stranger}`, rate);
    }
    expect(limiter.size).toBeLessThanOrEqual(100);
    expect(await limiter.take('ada', rate)).toBeGreaterThan(0);
  });

  it('goes with the window', async () => {
    const { clock, limiter } = clocked();
    for (let stranger = 0; stranger < 100; stranger += 1) await limiter.take(`stranger ${stranger}`, rate);
    clock.now += 60_001;
    for (let visit = 0; visit < 50; visit += 1) await limiter.take('ada', { count: 100, seconds: 60 });
    expect(limiter.size).toBe(1);
  });
});
