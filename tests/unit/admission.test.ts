import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AdmissionQueue } from '@/lib/doors/sockets/admission';

let busy: boolean;
let door: AdmissionQueue;
let inside: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  busy = true;
  inside = [];
  door = new AdmissionQueue(() => busy);
});
afterEach(() => void vi.useRealTimers());

const come = (name: string, isGone = () => false) =>
  door.enter(isGone)?.then(
    () => void inside.push(name),
    (error) => void inside.push(`${name}: ${error.code}`),
  );

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a socket is admitted at once when none waits', () => {
  busy = false;
  expect(door.enter(() => false)).toBeUndefined();
});

test('waiting sockets are admitted in order, a few at a time, before later ones', async () => {
  for (let n = 0; n < 6; n += 1) void come(`${n}`);
  busy = false;
  void come('late');
  await pass(5);
  expect(inside).toEqual(['0', '1', '2', '3']);
  await pass(5);
  expect(inside).toEqual(['0', '1', '2', '3', '4', '5', 'late']);
  expect(vi.getTimerCount()).toBe(0);
});

test('some sockets are admitted under any load, and one that waited half a minute is refused', async () => {
  for (let n = 0; n < 1_000; n += 1) void come(`${n}`);
  await pass(10_000);
  expect(inside.length).toBeGreaterThan(150);
  expect(inside.length).toBeLessThan(250);
  await pass(25_000);
  expect(inside.filter((name) => name.endsWith(': UNAVAILABLE')).length).toBeGreaterThan(300);
  expect(door.waiting).toBe(0);
});

test('a client that has disconnected takes no place', async () => {
  void come('gone', () => true);
  void come('there');
  await pass(100);
  expect(inside).toEqual(['gone: UNAVAILABLE', 'there']);
});

test('a socket is refused when the queue is full', async () => {
  for (let n = 0; n < 10_000; n += 1) void come(`${n}`, () => true);
  await come('one too many');
  expect(inside).toEqual(['one too many: UNAVAILABLE']);
});
