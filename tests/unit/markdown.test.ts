import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shownOf } from '@/tests/support/markdown-shown';

const golden = readFileSync(new URL('golden-markdown.txt', import.meta.url), 'utf8');
const [, ...sections] = golden.split(/^=== /m);

/** The texts of the file with their rendered forms. */
const cases = (section: string) =>
  section
    .split('\n')
    .filter((line) => line.includes(' => '))
    .map((line) => line.split(' => ') as [string, string]);

const typed = (text: string) => text.replaceAll('⏎', '\n').replaceAll('⇥', '\t');

test('the golden file has 300 texts at least, each once', () => {
  const texts = sections.flatMap(cases).map(([text]) => text);
  expect(texts.length).toBeGreaterThanOrEqual(300);
  expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
});

for (const section of sections) {
  describe(section.slice(0, section.indexOf('\n')), () => {
    test.each(cases(section))('%s shows %s', (text, shown) => {
      expect(shownOf(typed(text))).toBe(shown);
    });
  });
}

test('a link ends before full-width punctuation', () => {
  expect(shownOf('看https://example.com/a，谢谢')).toBe('看<a>https://example.com/a</a>，谢谢');
});

test('only two tildes strike out', () => {
  expect(shownOf('3~5天，100~200元')).toBe('as typed');
});

test('backslashes of a path stay', () => {
  expect(shownOf(String.raw`\\server\share\_docs`)).toBe('as typed');
});

test.each([
  '#',
  '>',
  '-',
  '+',
  '1.',
  '****',
  '``',
  '``` ```',
  '```\n```',
  '[]()',
  '> \n>',
  '\\',
  '|',
  '||\n|-|',
  '**\u200b**',
  '# \u2060',
  '> \u200b',
  '`\u3164`',
  '- \u00ad',
])('%j shows nothing else, so it stands as it was typed', (text) => expect(shownOf(text)).toBe('as typed'));

test('the numbers of a list are those that were typed', () => {
  expect(shownOf('1986. A year')).toBe('<ol><li 1986.>A year</li></ol>');
  expect(shownOf('1. a\n3. b\n7. c')).toBe('<ol><li 1.>a</li><li 3.>b</li><li 7.>c</li></ol>');
});

test('a quote ends with its line', () => {
  expect(shownOf('> quoted\nmy answer')).toBe('<q>quoted</q> ¶ my answer');
});
