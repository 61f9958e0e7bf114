import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { createElement, type ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { compileCatalogue } from '@/app/compile-catalogue';
import formatMessage from '@/client/intl/format-message';
import { localeNames } from '@/lib/platform/intl/schema';

type Format = (message: unknown, locale: string, values?: Record<string, unknown>) => ReactNode;
const format: Format = (message, locale, values) =>
  formatMessage('', message as string, values as Record<string, ReactNode>, {
    locale,
    formatters: {
      getNumberFormat: (tag) => new Intl.NumberFormat(tag),
      getPluralRules: (tag, options) => new Intl.PluralRules(tag, options),
    },
  });

/** The message of a catalogue with one message. */
const compiled = (message: string) => (compileCatalogue({ message }) as unknown as { message: unknown }).message;

const flat = (tree: object): string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : flat(value as object)));

/** Values for every argument name of a message: numbers for plurals, functions for tags, otherwise strings. */
function valuesOf(message: string, count: number): Record<string, unknown> {
  const names = [...message.matchAll(/\{\s*(\w+)\s*(,?)/g)].map(([, name, counted]) => [name, counted ? count : `*${name}*`]);
  const tags = [...message.matchAll(/<(\w+)>/g)].map(([, name]) => [name, (chunks: unknown[]) => `<${chunks.join('')}>`]);
  return Object.fromEntries([...names, ...tags]);
}

describe.each(localeNames)('the compiled catalogue of %s', (locale) => {
  test('gives the same text as ICU’s own formatter for the uncompiled messages', () => {
    const messages = flat(JSON.parse(readFileSync(`locales/${locale}.json`, 'utf8')));
    expect(messages.length).toBeGreaterThan(300);
    for (const message of messages)
      for (const count of [0, 1, 2, 3, 5, 11, 100, 1_234_567]) {
        const values = valuesOf(message, count);
        const expected = new IntlMessageFormat(message, locale).format(values);
        expect(format(compiled(message), locale, values), message).toEqual(expected);
      }
  });
});

test('an element appears where it was inserted, also within a tag', () => {
  const name = createElement('bdi', { key: 'name' }, 'Ada');
  const bold = (chunks: ReactNode[]) => createElement('b', null, ...chunks);
  expect(format(compiled('Hello {name}, <bold>dear {name}</bold>!'), 'en', { name, bold })).toEqual([
    'Hello ',
    name,
    ', ',
    createElement('b', null, 'dear ', name),
    '!',
  ]);
  expect(format(compiled('{name}'), 'en', { name })).toEqual([name]);
});

test('a number is written as its language writes it', () => {
  expect(format(compiled('{count, number} of {count, plural, other {#}}'), 'de', { count: 12_345 })).toBe('12.345 of 12.345');
});

test('a missing value is an error, and so is a tag without its function', () => {
  expect(() => format(compiled('Hello {name}'), 'en')).toThrow('"name" is missing');
  expect(() => format(compiled('<link>Go</link>'), 'en', { link: 'text' })).toThrow('"link" is no function');
});
