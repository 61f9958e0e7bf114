import fc from 'fast-check';
import { expect, test } from 'vitest';
import { credentialsSchema, passwordSchema } from '@/lib/domain/users/schema';
import { fold, wordsOf } from '@/lib/platform/text/fold';
import { canonicalPassword } from '@/lib/platform/text/passwords';

test.each([
  ['Ana Muñoz', 'ana munoz'],
  ['İstanbul', 'istanbul'],
  ['ISTANBUL', 'ıstanbul'],
  ['Straße', 'STRASSE'],
  ['Łódź', 'lodz'],
  ['Tromsø', 'TROMSO'],
  ['Ædelstein', 'aedelstein'],
  ['ＡＤＡ', 'ada'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['Ёлка', 'елка'],
  ['שָׁלוֹם', 'שלום'],
  ['مُحَمَّد', 'محمد'],
  ['Zoe\u0308', 'Zoë'],
  ['a\u200Bb', 'ab'],
])('%s and %s are the same to a search', (one, other) => {
  expect(fold(one)).toBe(fold(other));
});

test('vowels of Indic scripts and Thai, and what makes another letter in Japanese, count', () => {
  for (const [one, other] of [
    ['कि', 'की'],
    ['กา', 'กี'],
    ['か', 'が'],
    ['한', '할'],
  ])
    expect(fold(one!)).not.toBe(fold(other!));
});

test('folding again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)),
    { numRuns: 5_000 },
  );
});

test('a name is its words', () => {
  expect(wordsOf('Jean-Luc  Ó’Brien (Ops)')).toEqual(['jean', 'luc', 'o', 'brien', 'ops']);
});

test.each([
  ['composed or not', 'caf\u00E9 au lait', 'cafe\u0301 au lait'],
  ['in full width', 'Passwort1', 'Ｐａｓｓｗｏｒｔ１'],
  ['with any blank', 'correct horse', 'correct\u00A0horse'],
])('a password is the same %s', (_how, one, other) => {
  expect(canonicalPassword(other)).toBe(canonicalPassword(one));
  expect(passwordSchema.parse(other)).toBe(passwordSchema.parse(one));
});

test('of a password cases, accents and outer blanks count, and its length is that of its one form', () => {
  expect(new Set(['passwort', 'Passwort', 'pässwort', ' passwort'].map(canonicalPassword)).size).toBe(4);
  expect(passwordSchema.safeParse('e\u0301'.repeat(7)).success).toBe(false);
  expect(passwordSchema.safeParse('\uFDFA'.repeat(20)).success, '18 characters each').toBe(false);
  expect(passwordSchema.safeParse('e\u0301'.repeat(200)).success).toBe(true);
  for (const control of ['\u0007', '\t', '\u0000', '\u009F'])
    expect(passwordSchema.safeParse(`12345678${control}`).success).toBe(false);
  expect(credentialsSchema.safeParse({ email: 'a@b.c', password: '1234567\t8' }).success, 'an old one still signs in').toBe(
    true,
  );
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (text) => canonicalPassword(canonicalPassword(text)) === canonicalPassword(text),
    ),
  );
});
