import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { createTexts } from '@/client/intl/texts';
import { directionOfField, directionOfText } from '@/lib/platform/text/direction';
import { isolated } from '@/lib/platform/text/isolated';
import en from '@/locales/en.json';

describe('the direction of typed text', () => {
  test.each([
    ['@mara שלום לכולם, מה שלומכם?', 'rtl'],
    ['https://example.com/a שלום', 'rtl'],
    ['www.example.com شكرا', 'rtl'],
    ['`npm start` לא עובד', 'rtl'],
    ['@mara @lena مرحبا', 'rtl'],
    ['123, 456: שלום', 'rtl'],
    ['שלום, this is mixed', 'rtl'],
    ['@mara hello, שלום', 'ltr'],
    ['Hello שלום', 'ltr'],
    ['mail@mara.org שלום', 'ltr'],
    ['你好 שלום', 'ltr'],
    ['\u200fHello', 'rtl'],
    ['@mara', undefined],
    ['https://example.com', undefined],
    ['👍 123 !', undefined],
    ['', undefined],
  ])('is that of its first letter in no mention, link or code: %s', (text, direction) => {
    expect(directionOfText(text)).toBe(direction);
  });

  test('in a field is said only where the browser would read a mention', () => {
    expect(directionOfField('@mara שלום')).toBe('rtl');
    expect(directionOfField('שלום @mara')).toBe('auto');
    expect(directionOfField('Hello')).toBe('auto');
    expect(directionOfField('')).toBe('auto');
  });

  test('is found without walking a hostile text more than once or so', () => {
    for (const mark of ['`', '@', 'http://', 'www.', '@a', '`a']) {
      const small = timeOf(mark.repeat(2_000));
      const large = timeOf(mark.repeat(16_000));
      expect(large / small, mark).toBeLessThan(64);
    }
  });
});

describe('a sentence', () => {
  const t = createTexts({ locale: 'en', messages: en, direction: 'ltr' }).translator('conversations');

  test('isolates inserted text of the other direction, and leaves the rest unchanged', () => {
    expect(t('leaveNamed', { group: 'Design' })).toBe('Leave Design?');
    expect(t('leaveNamed', { group: 'צוות שיווק' })).toBe('Leave \u2068צוות שיווק\u2069?');
    expect(t('describedPublic', { description: 'عمر', count: 2 })).toBe('\u2068عمر\u2069 · 2 members');
  });

  test('that runs from right to left isolates everything: full stops and digits of Latin names, too', () => {
    const arabic = createTexts({ locale: 'ar', messages: en, direction: 'rtl' }).translator('conversations');
    expect(arabic('leaveNamed', { group: 'C++' })).toBe('Leave \u2068C++\u2069?');
  });

  test('of rich text isolates by elements', () => {
    expect(renderToStaticMarkup(t.rich('welcome', { name: 'عمر' }))).toBe('Welcome, <bdi>عمر</bdi>');
  });

  test.each([
    ['an end of an isolate', 'a\u2069b', '\u2068ab\u2069'],
    ['a beginning of one', 'a\u2067b', '\u2068a\u2067b\u2069\u2069'],
    ['an override', '\u202egnp.exe', '\u2068gnp.exe\u2069'],
  ])('is not left by %s in what is inserted', (_, text, alone) => {
    expect(isolated(text)).toBe(alone);
  });
});

function timeOf(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now();
    for (let n = 0; n < 20; n += 1) directionOfText(text);
    return performance.now() - from;
  });
  return Math.max(0.05, Math.min(...times));
}
