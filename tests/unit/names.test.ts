import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statusTextSchema } from '@/lib/domain/presence/schema';
import { nameSchema } from '@/lib/domain/users/schema';
import { skeleton, soundsOfficial } from '@/lib/platform/text/confusables';
import { canonicalName, withoutHidden } from '@/lib/platform/text/names';
import { showsSomething } from '@/lib/platform/text/visible';

const nothing = [
  '',
  ' ',
  '\n',
  '\u0085',
  '\u00A0',
  '\u3000',
  '\u200B',
  '\u200D',
  '\u2060',
  '\uFEFF',
  '\u202E',
  '\u00AD',
  '\u2800',
  '\u3164',
  '\u115F',
  '\u1160',
  '\uFFA0',
  '\uFE0F',
  '\u{E0041}',
  '\u034F',
  '\u180E',
  '\uFFFC',
  '\uFFFF',
  '\u{1D159}',
  '\uFFF9',
  '\u0378',
];

const tricky = fc.string({
  unit: fc.constantFrom(
    ...nothing.filter(Boolean),
    'a',
    'e',
    '\u0301',
    '\u0327',
    'क',
    '\u094D',
    '\u200C',
    'م',
    'د',
    '👩',
    '💻',
    '❤',
    '🏴',
    '🏽',
    '1',
    '\u20E3',
    '葛',
    '\u{E0100}',
  ),
  maxLength: 30,
});

describe('what shows nothing', () => {
  test.each(nothing.map((text) => [text]))('is empty: %j', (text) => {
    expect(showsSomething(text)).toBe(false);
    expect(showsSomething(`${text}  ${text}`)).toBe(false);
    expect(showsSomething(`${text}a`)).toBe(true);
  });

  test('is nothing of any writing, nor an emoji that is yet to come', () => {
    for (const text of ['a', '.', '李', 'ـ', '👍', '❤', '🇩🇪', '\u{1FAFF}', '\u{1F8FF}', 'क'])
      expect(showsSomething(text), text).toBe(true);
  });

  test('is nobody’s name', () => {
    for (const text of nothing) expect(nameSchema.safeParse(text).success, JSON.stringify(text)).toBe(false);
    for (const text of nothing) expect(statusTextSchema.parse(text)).toBe('');
  });
});

describe('a name as it is kept', () => {
  test.each([
    ['Owner\u200B', 'Owner'],
    ['\u202Eada', 'ada'],
    ['A\u2066d\u2069a', 'Ada'],
    ['  Ada \u00A0\t Lovelace ', 'Ada Lovelace'],
    ['Zoe\u0308', 'Zoë'],
    [`Z${'\u0300'.repeat(40)}oe`, 'Z\u0300\u0300\u0300\u0300oe'],
    ['\u0301Ada', 'Ada'],
    ['A\uFE0Fda', 'Ada'],
    ['A\u{E0061}da', 'Ada'],
    ['Ada 👩‍💻 ❤️ 1️⃣', 'Ada 👩‍💻 ❤️ 1️⃣'],
    ['🏴󠁧󠁢󠁳󠁣󠁴󠁿 Ada', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 Ada'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['دا\u200Cد', 'داد'],
    ['क्\u200Dष', 'क्\u200Dष'],
    ['रा\u200Dम', 'राम'],
    ['葛\u{E0100}城', '葛\u{E0100}城'],
  ])('of %j is %j', (given, kept) => {
    expect(canonicalName(given)).toBe(kept);
  });

  test('stays as it is when it is cleaned again, and never hides anything at its ends', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        const name = canonicalName(text);
        expect(canonicalName(name)).toBe(name);
        expect(withoutHidden(withoutHidden(text))).toBe(withoutHidden(text));
        expect(name).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\u061C]|\p{M}{5}|^\p{M}|\s\s|^\s|\s$/u);
      }),
      { numRuns: 2_000 },
    );
  });

  test('costs time that its length bounds', () => {
    const long = ['\u094D\u200C\u3164', '👩\u200D', '\u0301', 'م\u200C', '\u{1F3F4}\u{E0061}'].map((part) =>
      part.repeat(20_000),
    );
    const begun = performance.now();
    for (const text of long) withoutHidden(text);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('names that look the same', () => {
  test.each([
    ['Owner', 'Οwner'],
    ['Owner', 'Ｏｗｎｅｒ'],
    ['Owner', '0wner'],
    ['Admin', 'Аdmin'],
    ['Admin', 'adm1n'],
    ['Lena Klein', 'Iena K1ein'],
    ['Marna', 'Mama'],
    ['Ada Lovelace', 'Аdа  Lоvеlасе.'],
    ['Ada Lovelace', '𝐀𝐝𝐚 𝐋𝐨𝐯𝐞𝐥𝐚𝐜𝐞'],
    ['Ada Lovelace', 'Adá Ľovelace'],
    ['Boss', '🅱oss'],
  ])('%s and %s have one skeleton', (name, other) => {
    expect(skeleton(other)).toBe(skeleton(name));
  });

  test('others have not', () => {
    const names = [
      'Ada Lovelace',
      'Ada Lovelace (2)',
      'Grace Hopper',
      'Алла',
      'Άννα',
      '李小龍',
      '李小红',
      '🦊',
      '🐻',
      'Owen',
      'Adam',
    ];
    expect(new Set(names.map(skeleton)).size).toBe(names.length);
    expect(names.filter(soundsOfficial)).toEqual([]);
  });

  test('an office is one in whatever letters', () => {
    for (const name of ['owner', 'Αdmin', 'AdMіn', 'Parley', 'a.d.m.i.n', 'Ѕystem'])
      expect(soundsOfficial(name), name).toBe(true);
  });
});
