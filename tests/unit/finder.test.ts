import { afterEach, describe, expect, test, vi } from 'vitest';
import { noteUse, usageOf } from '@/client/browser/usage';
import { rankOf } from '@/components/conversations/finder';
import { fold } from '@/lib/platform/text/fold';
import { isNear } from '@/lib/platform/text/near';

afterEach(() => void vi.unstubAllGlobals());

describe('one typing error in four letters and more is forgiven', () => {
  test.each(['desgn', 'deesign', 'dezign', 'deisgn', 'esign', 'xdesign', 'design', 'des', 'desi'])('%s', (typed) => {
    expect(isNear('design', typed)).toBe(true);
  });

  test.each(['dxx', 'dse', 'dezagn', 'resort', 'designers', 'ngised'])('but not %s', (typed) => {
    expect(isNear('design', typed)).toBe(false);
  });
});

test('the beginning of a name comes first, then of a word, then the middle of one, then a typing error', () => {
  const rank = (name: string) => rankOf(name, fold('engi'));
  expect(['Engine', 'The engine', 'Reengineered', 'Enigma', 'Design'].map(rank)).toEqual([4, 3, 2, 1, 0]);
  expect(rankOf('Ada Lovelace ada', fold('lovelcae ada'))).toBe(1);
  expect(rankOf('Zoë Käfer', fold('kafer'))).toBe(3);
});

test('what one chooses often weighs more, less as time passes, and only for that person', () => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
  });
  const fortnight = 14 * 86_400_000;
  noteUse('ada', 'often', 0);
  noteUse('ada', 'often', 0);
  noteUse('ada', 'once', fortnight);
  expect(usageOf('ada', fortnight)('often')).toBe(1);
  expect(usageOf('ada', fortnight)('once')).toBe(1);
  expect(usageOf('ada', 3 * fortnight)('once')).toBe(0.25);
  expect(usageOf('bob', 0)('often')).toBe(0);
  stored.set('parley.used.ada', '{"broken');
  expect(usageOf('ada', 0)('often')).toBe(0);
});
