import { expect, test } from 'vitest';
import { plainText } from '@/lib/platform/text/plain';

const cases: [string, string][] = [
  ['**bold** and _italic_, ~~gone~~', 'bold and italic, gone'],
  ['two\n\nlines  and   blanks', 'two lines and blanks'],
  ['# Title\n\n- a\n- b\n\n1986. c', 'Title a b 1986. c'],
  ['> quoted\nmy answer', 'quoted my answer'],
  ['look: [here](https://example.com) ![cat](https://example.com/cat.png)', 'look: here cat'],
  ['```js\nconst a = 1;\n```', 'const a = 1;'],
  ['`npm start` for @Lena', 'npm start for @Lena'],
  ['a|b\n-|-\n1|2', 'a b 1 2'],
  ['__init__ 2*3*4 ~3 \\\\server\\_a', '__init__ 2*3*4 ~3 \\\\server\\_a'],
  ['#', '#'],
  ['---', '---'],
  ['', ''],
];

test.each(cases)('%j is %j on one line', (content, line) => {
  expect(plainText(content)).toBe(line);
});
