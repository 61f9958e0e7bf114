import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setConnected, setSignedOut, useConnectionStore } from '@/client/socket/connection';

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

test('an interruption of less than a second is not shown', () => {
  setConnected(false);
  vi.advanceTimersByTime(900);
  expect(shown()).toBe('connected');
  setConnected(true);
  vi.advanceTimersByTime(5_000);
  expect(shown()).toBe('connected');
});

test('an interruption is shown after 1 s and announced after 2, however many attempts fail meanwhile', () => {
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

test('a signed-out person sees no interruption, however many attempts fail', () => {
  for (let times = 0; times < 3; times += 1) {
    setConnected(false);
    vi.advanceTimersByTime(1_500);
    setConnected(false);
    setSignedOut();
    expect(shown()).toBe('reconnecting');
    vi.advanceTimersByTime(5_000);
    expect(shown()).toBe('reconnecting');
  }
  setConnected(true);
  expect(useConnectionStore.getState()).toEqual({ state: 'connected', interrupted: false, signedOut: false });
});
