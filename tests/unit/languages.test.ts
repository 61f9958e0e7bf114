import { expect, test } from 'vitest';
import { acceptedLanguages, negotiate, regionalLocale } from '@/lib/platform/intl/schema';

test.each([
  ['its own language', ['de'], 'de'],
  ['that of another country', ['de-AT'], 'de'],
  ['Portuguese of Portugal by that of Brazil', ['pt-PT'], 'pt-BR'],
  ['simplified Chinese, however it is named', ['zh-Hans-SG'], 'zh-CN'],
  ['Hebrew by its former code', ['iw-IL'], 'he'],
  ['the first that there is', ['nl', 'fr-CA', 'de'], 'fr'],
  ['not traditional Chinese with simplified', ['zh-TW', 'ja'], 'ja'],
  ['English when there is none', ['nl', 'fi'], 'en'],
  ['English when nothing is said', [], 'en'],
  ['what is no language with nothing', ['*', 'x_y', '', 'C'], 'en'],
])('a browser is served %s', (_, wanted, locale) => {
  expect(negotiate(wanted)).toBe(locale);
});

test('a browser lists its languages by how much it likes them', () => {
  expect(acceptedLanguages('fr;q=0.5, de-AT, en;q=0.8, nl;q=0, *;q=0.1')).toEqual(['de-AT', 'en', 'fr']);
  expect(acceptedLanguages(null)).toEqual([]);
  expect(acceptedLanguages(`${'a,'.repeat(10_000)}`).length).toBeLessThanOrEqual(251);
});

test('numbers and times are written as in the reader’s country, if it is one of the language', () => {
  expect(regionalLocale('en', 'en-GB')).toBe('en-GB');
  expect(regionalLocale('de', 'de-AT')).toBe('de-AT');
  expect(regionalLocale('de', 'en-GB')).toBe('de');
  expect(regionalLocale('zh-CN', 'zh-TW')).toBe('zh-CN');
  expect(regionalLocale('ar', 'ar-EG')).toBe('ar-EG');
  expect(regionalLocale('ar', 'en-US')).toBe('ar-u-nu-latn');
  expect(regionalLocale('ar', 'ar')).toBe('ar-u-nu-latn');
});
