import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shownOf } from '@/tests/support/markdown-shown';

const golden = readFileSync(new URL('golden-markdown.txt', import.meta.url), 'utf8');
const [, ...sections] = golden.split(/^=== /m);

/** Texts, as in the file, with what each shows. */
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
