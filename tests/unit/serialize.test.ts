import { expect, test, vi } from 'vitest';
import { serialize } from '@/lib/platform/async/serialize';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('one lane runs its work in order, one at a time; lanes do not wait for each other', async () => {
  const log: string[] = [];
  const work = (name: string, turns: number) => async () => {
    log.push(`${name} begins`);
    for (let n = 0; n < turns; n += 1) await turn();
    log.push(`${name} ends`);
    return name;
  };
  const answers = await Promise.all([
    serialize('a', work('a1', 5)),
    serialize('a', work('a2', 1)),
    serialize('b', work('b1', 1)),
  ]);
  expect(answers).toEqual(['a1', 'a2', 'b1']);
  expect(log.filter((line) => line.startsWith('a'))).toEqual(['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends']);
  expect(log.indexOf('b1 ends')).toBeLessThan(log.indexOf('a1 ends'));
});

test('a failure is its own: the next one still runs', async () => {
  const failing = serialize('c', () => Promise.reject(new Error('mine')));
  const throwing = serialize('c', () => {
    throw new Error('mine too');
  });
  const next = serialize('c', async () => 'fine');
  await expect(failing).rejects.toThrow('mine');
  await expect(throwing).rejects.toThrow('mine too');
  expect(await next).toBe('fine');
});

test('a lane that is too long, or too slow, is UNAVAILABLE', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const waiting = Array.from({ length: 1_000 }, () => serialize('d', () => gate));
  await expect(serialize('d', async () => {})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  clock.mockReturnValue(10_001);
  open();
  const outcomes = await Promise.allSettled(waiting);
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(999);
  expect(await serialize('d', async () => 'open again')).toBe('open again');
  clock.mockRestore();
});
