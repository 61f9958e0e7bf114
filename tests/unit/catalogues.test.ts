import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { createTexts } from '@/client/intl/texts';
import type { Mark } from '@/client/receipts/marks';
import { reasons, statusByCode } from '@/lib/platform/errors/schema';
import { type Locale, localeNames, locales } from '@/lib/platform/intl/schema';
import en from '@/locales/en.json';

type Tree = { [key: string]: string | Tree };

/** A catalogue as a list of keys, such as 'ui.save', and messages. */
const messagesOf = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : messagesOf(value, `${path}${key}.`),
  );

const catalogue = (locale: Locale) => new Map(messagesOf(JSON.parse(readFileSync(`locales/${locale}.json`, 'utf8')) as Tree));
const english = new Map(messagesOf(en));

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The arguments of a message: 'count plural', 'name', '<link>'. */
function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  const walk = (elements: Element[]) => {
    for (const element of elements) {
      if ('options' in element) {
        found.add(`${element.value} plural`);
        for (const { value } of Object.values(element.options)) walk(value);
      } else if ('children' in element) {
        found.add(`<${element.value}>`);
        walk(element.children);
      } else if (element.type === 1) found.add(element.value);
      else if (element.type === 2) found.add(`${element.value} number`);
    }
  };
  walk(new IntlMessageFormat(message, 'en').getAst());
  return [...found].sort();
}

const pluralsOf = (message: string) =>
  new IntlMessageFormat(message, 'en')
    .getAst()
    .flatMap((element) => ('options' in element ? [Object.keys(element.options)] : []));

test('every language that is offered has a catalogue, and no other file is there', () => {
  const files = readdirSync('locales').filter((file) => !file.endsWith('.d.json.ts'));
  expect(files.sort()).toEqual(localeNames.map((locale) => `${locale}.json`).sort());
});

describe.each(localeNames)('the catalogue of %s', (locale) => {
  const messages = catalogue(locale);

  test('has the keys of the English one, in its order', () => {
    expect([...messages.keys()]).toEqual([...english.keys()]);
  });

  test('has valid messages with the values of the English ones', () => {
    for (const [key, message] of messages) expect(argumentsOf(message), key).toEqual(argumentsOf(english.get(key) ?? ''));
  });

  test('has all plural forms of its language', () => {
    const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    // In Romance languages only millions are "many"; counts here stay below, or have units.
    const told = wanted.filter((category) => category !== 'many' || locale === 'ar');
    for (const [key, message] of messages)
      for (const forms of pluralsOf(message)) if (forms.length > 1) expect(forms.sort(), key).toEqual([...told].sort());
  });

  test('leaves no message empty, and no apostrophe that ICU would take for a quotation mark', () => {
    for (const [key, message] of messages) {
      expect(message.trim(), key).toBe(message);
      expect(message, key).not.toBe('');
      expect(message, key).not.toContain("'");
    }
  });

  test('is translated: hardly any text equals the English one', () => {
    const same = [...messages].filter(
      ([key, message]) => message === english.get(key) && /[a-z]{4}/i.test(message.replace(/\{.*\}/g, '')),
    );
    if (locale !== 'en') expect(same.length / messages.size, same.map(([key]) => key).join()).toBeLessThan(0.08);
  });
});

test('every code and reason of a refusal has a text', () => {
  for (const code of Object.keys(statusByCode)) expect(english.has(`errors.${code}`), code).toBe(true);
  for (const reason of reasons) expect(english.has(`errors.reasons.${reason}`), reason).toBe(true);
});

test('Arabic has its six forms of numbers, Japanese has one', () => {
  const say = (locale: Locale, count: number) =>
    createTexts({
      locale: `${locale}-u-nu-latn`,
      messages: JSON.parse(readFileSync(`locales/${locale}.json`, 'utf8')),
      direction: locales[locale].direction,
    }).translator('conversations')('members', { count });
  expect([0, 1, 2, 3, 11, 100].map((count) => say('ar', count))).toEqual([
    'لا أعضاء',
    'عضو واحد',
    'عضوان',
    '3 أعضاء',
    '11 عضوًا',
    '100 عضو',
  ]);
  expect([1, 2].map((count) => say('ja', count))).toEqual(['メンバー1人', 'メンバー2人']);
});

// Keys computed from values of these types, which TypeScript checks.
const marks: Mark[] = ['sending', 'sent', 'delivered', 'read', 'failed'];
const computed = new Set([
  ...Object.keys(statusByCode).map((code) => `errors.${code}`),
  ...marks.map((mark) => `messages.receipts.${mark}`),
]);

describe('the interface', () => {
  const sources = ['app', 'client', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
  );

  test('uses every message of the catalogue', () => {
    const unused = [...english.keys()].filter((key) => !computed.has(key) && !sources.some((source) => mentions(source, key)));
    expect(unused).toEqual([]);
  });

  test('takes its texts from the one hook that isolates inserted values', () => {
    const others = sources.filter(
      (source) => /from 'use-intl(\/core)?'/.test(source) && !/import (type )?\{[^}]*\} from 'use-intl\/core'/.test(source),
    );
    expect(others).toEqual([]);
    expect(sources.filter((source) => /createTranslator[(<]/.test(source)).length).toBe(1);
  });
});

/** Whether a file uses a namespace and a key in it, literally or with a computed end. */
function mentions(source: string, key: string): boolean {
  const parts = key.split('.');
  return parts.slice(0, -1).some((_, index) => {
    const namespace = parts.slice(0, index + 1).join('.');
    const rest = parts.slice(index + 1);
    if (!source.includes(`'${namespace}'`)) return false;
    if (rest.length > 1 && source.includes(`\`${rest.slice(0, -1).join('.')}.\${`)) return true;
    return source.includes(`'${rest.join('.')}'`);
  });
}
