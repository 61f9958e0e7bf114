import { expect, test } from 'vitest';
import { handlesIn } from '@/lib/platform/text/handles';
import { timesAsLong } from '@/tests/support/cost';
import { ordinaryText } from '@/tests/support/markdown-grammar';

const cases: [string, string[]][] = [
  ['@ada', ['ada']],
  ['Hi @Ada, @ada and @GRACE!', ['ada', 'grace']],
  ['(@ada) "@grace" *@linus* _@alan_ @margaret.', ['ada', 'grace', 'linus', 'alan', 'margaret']],
  ['@ada.lovelace-1 @b_c', ['ada.lovelace-1', 'b_c']],
  ['@ada: look, @grace? 你好@linus', ['ada', 'grace', 'linus']],
  ['@linusさん、@grace님 ל@ada @alan的', ['linus', 'grace', 'ada', 'alan']],
  ['line one\n@ada\n> @grace', ['ada', 'grace']],
  ['ada@example.org, ada+@x, https://example.org/@ada, %@ada', []],
  ['@ada@elsewhere.org', []],
  ['https://a.b/?q=@ada www.a.b/@ada [@ada](https://a.b) <https://a.b/@ada>', []],
  ['\\@ada DOMAIN\\@ada', []],
  ['**@ada** ~~@grace~~ | @linus', ['ada', 'grace', 'linus']],
  ['- @ada\n\n# @grace\n\na | b\n-|-\n@linus | `@alan`', ['ada', 'grace', 'linus']],
  ['@adaé @adaß', []],
  ['@', []],
  ['@@ada', []],
  ['`@ada` and ```\n@grace\n``` and ``a ` @linus`` but @alan', ['alan']],
  ['a lonely ` before @ada', ['ada']],
];

test.each(cases)('%j addresses %j', (content, handles) => {
  expect(handlesIn(content)).toEqual(handles);
});

const hostile = [
  '`'.repeat(8_000),
  '` '.repeat(4_000),
  '@a.'.repeat(2_666),
  `@${'a'.repeat(7_999)}`,
  '@a-'.repeat(2_666),
  `${Array.from({ length: 120 }, (_, n) => '`'.repeat(n + 1)).join(' ')} @ada`,
];

test.each(hostile)('hostile text %# takes no time', (text) => {
  const ordinary = ordinaryText(8_000);
  const times = timesAsLong(
    () => handlesIn(text),
    () => handlesIn(ordinary),
    10,
  );
  expect(times).toBeLessThan(10);
});

test('a mention needs no blank beside Chinese, Japanese or Korean', () => {
  expect(handlesIn('你好@lena')).toEqual(['lena']);
  expect(handlesIn('@lenaさん、@mara님')).toEqual(['lena', 'mara']);
});

test('an address with an @ mentions nobody', () => {
  expect(handlesIn('https://a.b/?q=@lena')).toEqual([]);
  expect(handlesIn('mail@lena.org')).toEqual([]);
});
