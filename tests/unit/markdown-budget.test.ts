import { describe, expect, test } from 'vitest';
import { budget } from '@/lib/platform/text/effort';
import { handlesIn } from '@/lib/platform/text/handles';
import { parseMarkdown } from '@/lib/platform/text/markdown';
import { walk } from '@/lib/platform/text/tree';
import { timesAsLong } from '@/tests/support/cost';
import { longest, ordinaryText } from '@/tests/support/markdown-grammar';
import { shownOf } from '@/tests/support/markdown-shown';

const filled = (text: string, length = longest) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Texts that took other parsers seconds, or overflowed their stack. */
const hostile: Record<string, string> = {
  'brackets that close': filled(']'),
  'brackets that open': filled('['),
  'pictures that open': filled('!['),
  'links without an end': filled('[a](x'),
  'links with titles without an end': filled(`[a](https://a.b "x`),
  'links in links': `${filled('[', 2_000)}${filled('](https://a.b)', 6_000)}`,
  'pictures in pictures': `${filled('![', 2_000)}${filled('](https://a.b)', 6_000)}`,
  'parentheses in links': filled('[a](('),
  'stars and underscores by turns': filled('*a_'),
  'emphasis that opens': filled('*a **b _c ~~d '),
  'emphasis in emphasis': `${filled('*a _b ', 4_000)}${filled('b_ a* ', 4_000)}`,
  'escaped closers of one opener': `${filled('*b ', 2_000)}${filled('_b ', 3_000)}${filled('x\\* ', 3_000)}`,
  tildes: filled('~~a ~'),
  'runs of backticks, each longer': filled(lines(125, (index) => '`'.repeat(index + 1))),
  fences: filled('```\n'),
  'fences without an end': filled('```a\n'),
  'quotes in each other': filled('>'),
  'quotes in each other, line by line': filled(`${'> '.repeat(8)}a\n`),
  'lists in each other': filled('- '),
  'lists in each other, line by line': lines(85, (index) => `${'  '.repeat(index)}- a`),
  items: filled('- a\n'),
  'items with numbers': filled('1. a\n'),
  'bullets without an item': filled('- a\n-\n'),
  'a wide table': `${filled('|a', 2_600)}\n${filled('|-', 2_600)}\n${filled('|a', 2_700)}`,
  'a long table': `a|b\n-|-\n${filled('|\n', 7_900)}`,
  tables: filled('a|\n-|\n'),
  pipes: filled('|\n'),
  'angle brackets': filled('<https://a'),
  backslashes: filled('\\'),
  'addresses of the web': filled('www.a'),
  'an address that ends in punctuation': `https://a.b/${filled('?!', 7_900)}`,
  'addresses of mail': filled('a@a.'),
  'a long local part': `${filled('a', 7_000)}@${filled('a.', 900)}`,
  mentions: filled('@a '),
  headings: filled('# a\n'),
  'a heading of marks': `# a${filled(' #', 7_000)}x`,
  blanks: `*${filled(' ', 7_998)}*`,
  'blank lines': `- a${filled('\n', 7_990)}b`,
  'line breaks': filled('*\n'),
};

describe('a text of 8,000 characters takes at most ten times as long as an ordinary one', () => {
  const ordinary = ordinaryText(longest);
  test.each(Object.entries(hostile))('%s', (_, text) => {
    const read = () => {
      parseMarkdown(text);
      handlesIn(text);
    };
    expect(timesAsLong(read, () => [parseMarkdown(ordinary), handlesIn(ordinary)], 10)).toBeLessThan(10);
  });
});

test('a text that is nested too deeply is shown as typed', () => {
  const nested = lines(44, (index) => `${'  '.repeat(index)}- a`);
  expect(parseMarkdown(nested)).toBeNull();
  expect(parseMarkdown(`${'> '.repeat(40)}a`)).toBeNull();
  expect(parseMarkdown(`${'*a **b '.repeat(20)}c${'** a*'.repeat(20)}`)).toBeNull();
  expect(parseMarkdown(lines(4, (index) => `${'  '.repeat(index)}- a`))).not.toBeNull();
});

test('bullets along one line are not lists in each other', () => {
  expect(parseMarkdown('+ '.repeat(975))).toBeNull();
  expect(shownOf(`${'+ '.repeat(975)}a`)).toBe(`<ul><li>${'+ '.repeat(974)}a</li></ul>`);
});

test('a text with more nodes than its budget is shown as typed, and mentions nobody', () => {
  const crowded = `${'*a* '.repeat(1_000)}@lena`;
  expect(parseMarkdown(crowded)).toBeNull();
  expect(handlesIn(crowded)).toEqual([]);
  expect(handlesIn('@lena '.repeat(1_100))).toEqual([]);
});

test('a long list, a long table and long code are within the budget', () => {
  expect(parseMarkdown(lines(300, (index) => `- item ${index}`))).not.toBeNull();
  expect(parseMarkdown(`a|b|c\n-|-|-\n${lines(150, (index) => `${index}|b|c`)}`)).not.toBeNull();
  expect(parseMarkdown(`\`\`\`\n${filled('a\n', 7_990)}\`\`\``)).not.toBeNull();
});

test('a table has no more cells than were typed', () => {
  const tree = parseMarkdown(`${'|a'.repeat(100)}\n${'|-'.repeat(100)}\n${'|\n'.repeat(100)}`);
  const types: string[] = [];
  if (tree) walk(tree, ({ type }) => types.push(type));
  expect(types.filter((type) => type === 'tableCell')).toHaveLength(200);
});

test('a text longer than any message is shown as typed', () => {
  expect(parseMarkdown(`**a**${' '.repeat(budget.characters)}`)).toBeNull();
});
