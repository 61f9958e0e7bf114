import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ownClock } from '@/client/browser/clock-settings';
import { clockFor, createClock } from '@/components/shell/clock';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-03-30T10:00:00Z') }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

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

test('an unknown zone or language gives UTC in English', () => {
  const clock = createClock('UTC', 'en');
  for (const [zone, locale] of [
    ['Foo/Bar', 'en'],
    ['Etc/Unknown', 'xx-invalid'],
    ['', 'C'],
    ['UTC', 'de_DE'],
  ] as const)
    for (const write of ['time', 'day', 'short', 'full', 'dayKey'] as const)
      expect(createClock(zone, locale)[write]('2026-03-20T14:32:00Z')).toBe(clock[write]('2026-03-20T14:32:00Z'));
});

test.each([
  ['no zone at all', { timeZone: undefined, locale: 'de' }, { zone: 'UTC', locale: 'de' }],
  ['the zone Etc/Unknown', { timeZone: 'Etc/Unknown', locale: 'de' }, { zone: 'UTC', locale: 'de' }],
  ['no language', { timeZone: 'Asia/Kathmandu', locale: undefined }, { zone: 'Asia/Kathmandu', locale: 'en' }],
  ['a system without one', { timeZone: 'Asia/Kathmandu', locale: 'C' }, { zone: 'Asia/Kathmandu', locale: 'en' }],
])('a browser that says %s', (_, says, known) => {
  // Fake timers have their own Intl.
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValueOnce(says as Intl.ResolvedDateTimeFormatOptions);
  expect(ownClock()).toEqual(known);
});

test('a browser without Intl writes times by the clock of UTC, and days in numbers', () => {
  vi.stubGlobal('Intl', undefined);
  expect(ownClock()).toEqual({ zone: 'UTC', locale: 'en' });
  const clock = createClock('Europe/Berlin', 'de');
  const at = '2026-03-20T14:32:00Z';
  expect([clock.time(at), clock.dayKey(at), clock.full(at)]).toEqual(['14:32', '2026-03-20', '2026-03-20 14:32']);
  expect(clock.day(at)).toBe('2026-03-20');
  expect(clock.day('2026-03-29T14:32:00Z')).toBe('Yesterday');
});

test('all rows of a page share the formatters of a zone and locale', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  const at = '2026-03-30T12:00:00Z';
  const first = clockFor('Asia/Tokyo', 'en-GB').time(at);
  const formatters = made.mock.calls.length;
  for (let row = 0; row < 50; row += 1) expect(clockFor('Asia/Tokyo', 'en-GB').time(at)).toBe(first);
  expect(formatters).toBeGreaterThan(0);
  expect(made.mock.calls.length).toBe(formatters);
  expect(clockFor('Asia/Tokyo', 'ja').time(at)).toBe(first);
  expect(clockFor('UTC', 'en-GB').time(at)).not.toBe(first);
});
