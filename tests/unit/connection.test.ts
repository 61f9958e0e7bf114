import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setConnected, useConnectionStore } from '@/components/realtime/connection';

let online = true;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {
    get onLine() {
      return online;
    },
  });
  online = true;
  setConnected(true);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const shown = () => {
  const { state, interrupted } = useConnectionStore.getState();
  return interrupted ? `${state}, told` : state;
};

test('what is over within a second is not shown', () => {
  setConnected(false);
  vi.advanceTimersByTime(900);
  expect(shown()).toBe('connected');
  setConnected(true);
  vi.advanceTimersByTime(5_000);
  expect(shown()).toBe('connected');
});

test('an interruption is shown after 1 s and told after 2, however many tries fail meanwhile', () => {
  for (let ms = 0; ms < 1_000; ms += 100) {
    setConnected(false);
    vi.advanceTimersByTime(100);
  }
  expect(shown()).toBe('reconnecting');
  for (let ms = 0; ms < 1_000; ms += 100) {
    setConnected(false);
    vi.advanceTimersByTime(100);
  }
  expect(shown()).toBe('reconnecting, told');
  setConnected(true);
  expect(shown()).toBe('connected');
});

test('that there is no network at all is shown at once', () => {
  online = false;
  setConnected(false);
  expect(shown()).toBe('offline');
  online = true;
  setConnected(false);
  expect(shown()).toBe('reconnecting');
});
