import { describe, expect, it } from 'vitest';
import { MemoryLimiter } from '@/lib/limits/window';

const rate = { count: 3, seconds: 60 };

function clocked(max?: number) {
  const clock = { now: 1_000_000 };
  return { clock, limiter: new MemoryLimiter(() => clock.now, max) };
}

describe('a sliding window', () => {
  it('lets the count through and says how long to wait for the next', async () => {
    const { clock, limiter } = clocked();
    for (let taken = 0; taken < 3; taken += 1) expect(await limiter.take('ada', rate)).toBe(0);
    clock.now += 10_000;
    expect(await limiter.take('ada', rate)).toBe(50);
  });

  it('slides: what happened a window ago counts no more, and only that', async () => {
    const { clock, limiter } = clocked();
    await limiter.take('ada', rate);
    clock.now += 30_000;
    await limiter.take('ada', rate);
    await limiter.take('ada', rate);
    clock.now += 30_001;
    expect(await limiter.take('ada', rate)).toBe(0);
    expect(await limiter.take('ada', rate)).toBe(30);
  });

  it('does not count what it refuses, so that asking again does not prolong the wait', async () => {
    const { clock, limiter } = clocked();
    for (let asked = 0; asked < 20; asked += 1) await limiter.take('ada', rate);
    clock.now += 60_001;
    expect(await limiter.take('ada', rate)).toBe(0);
  });

  it('counts each subject alone', async () => {
    const { limiter } = clocked();
    for (let taken = 0; taken < 3; taken += 1) await limiter.take('ada', rate);
    expect(await limiter.take('grace', rate)).toBe(0);
  });

  it('gives back what turned out to cost nothing', async () => {
    const { limiter } = clocked();
    for (let taken = 0; taken < 3; taken += 1) await limiter.take('ada', rate);
    await limiter.giveBack('ada');
    expect(await limiter.take('ada', rate)).toBe(0);
    expect(await limiter.take('ada', rate)).toBeGreaterThan(0);
  });

  it('waits at least a second, because a client would ask again at once otherwise', async () => {
    const { clock, limiter } = clocked();
    for (let taken = 0; taken < 3; taken += 1) await limiter.take('ada', rate);
    clock.now += 59_999;
    expect(await limiter.take('ada', rate)).toBe(1);
  });

  it('remembers a bounded number of subjects, and forgets those that did nothing for longest', async () => {
    const { limiter } = clocked(100);
    for (let stranger = 0; stranger < 1_000; stranger += 1) {
      await limiter.take('ada', rate);
      await limiter.take(`stranger ${stranger}`, rate);
    }
    expect(limiter.size).toBeLessThanOrEqual(100);
    expect(await limiter.take('ada', rate)).toBeGreaterThan(0);
  });

  it('lets go of subjects whose window has passed', async () => {
    const { clock, limiter } = clocked();
    for (let stranger = 0; stranger < 100; stranger += 1) await limiter.take(`stranger ${stranger}`, rate);
    clock.now += 60_001;
    for (let visit = 0; visit < 50; visit += 1) await limiter.take('ada', { count: 100, seconds: 60 });
    expect(limiter.size).toBe(1);
  });
});
