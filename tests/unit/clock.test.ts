import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '@/components/state/clock';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-03-30T10:00:00Z') }));
afterEach(() => void vi.useRealTimers());

test('a day is the reader’s, not the server’s', () => {
  const at = '2026-03-29T23:30:00Z';
  expect(createClock('UTC', 'en-GB').day(at)).toBe('Yesterday');
  expect(createClock('Europe/Berlin', 'en-GB').day(at)).toBe('Today');
  expect(createClock('America/Los_Angeles', 'en-GB').dayKey(at)).toBe('2026-03-29');
});

test('yesterday is yesterday across the night that daylight saving shortens', () => {
  const clock = createClock('Europe/Berlin', 'en-GB');
  expect(clock.day('2026-03-28T22:59:00Z')).toBe('Saturday');
  expect(clock.day('2026-03-28T23:01:00Z')).toBe('Yesterday');
});

test('a list says the time today, the weekday this week, the date before that, and the year of another one', () => {
  const clock = createClock('UTC', 'en-GB');
  expect(clock.short('2026-03-30T09:05:00Z')).toBe('9:05');
  expect(clock.short('2026-03-29T09:05:00Z')).toBe('Yesterday');
  expect(clock.short('2026-03-26T09:05:00Z')).toBe('Thu');
  expect(clock.short('2026-03-20T09:05:00Z')).toBe('20 Mar');
  expect(clock.short('2025-12-20T09:05:00Z')).toContain('25');
});

test('morning and afternoon are written with the space that browsers write', () => {
  expect(createClock('UTC', 'en-US').time('2026-03-30T09:05:00Z')).toBe('9:05 AM');
});
