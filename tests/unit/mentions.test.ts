import { expect, test } from 'vitest';
import { handlesIn } from '@/lib/text/handles';

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

test('hostile text takes no time', () => {
  const began = performance.now();
  for (const text of ['`'.repeat(8_000), '` '.repeat(4_000), '@a.'.repeat(2_666), `@${'a'.repeat(7_999)}`, '@a-'.repeat(2_666)])
    handlesIn(text);
  const runs = Array.from({ length: 120 }, (_, n) => '`'.repeat(n + 1)).join(' ');
  handlesIn(`${runs} @ada`);
  expect(performance.now() - began).toBeLessThan(500);
});
