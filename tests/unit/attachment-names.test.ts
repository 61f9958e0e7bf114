import { expect, test } from 'vitest';
import { cleanName, contentDisposition } from '@/lib/platform/http/file-name';

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\note.txt', 'note.txt'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['\u202egpj.exe', 'gpj.exe'],
  ['\ud800.txt', '\ufffd.txt'],
  ['...', 'file'],
  ['', 'file'],
  [undefined, 'file'],
  ['.bashrc', 'bashrc'],
  ['Grüße 🎉.txt', 'Grüße 🎉.txt'],
  [`${'ü'.repeat(300)}.jpeg`, `${'ü'.repeat(125)}.jpeg`],
])('the name %j is kept as %j', (given, name) => {
  expect(cleanName(given)).toBe(name);
  expect(Buffer.byteLength(cleanName(given))).toBeLessThanOrEqual(255);
});

test('a download keeps its name, and no name breaks out of the header', () => {
  expect(contentDisposition('attachment', 'Grüße "1".txt')).toBe(
    `attachment; filename="Gr__e _1_.txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.txt`,
  );
});
