import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectMediaType, isShownInPlace } from '@/lib/platform/media/media-type';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-media-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function judged(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return detectMediaType(path);
}

const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const box = (type: string, content: Uint8Array | string = '') => {
  const body = Buffer.from(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
/** 128 kbit/s at 44.1 kHz: frames of 417 bytes. */
const frames = (count: number) =>
  Buffer.concat(Array.from({ length: count }, () => Buffer.concat([bytes('fffb9000'), Buffer.alloc(413)])));
const adts = Buffer.concat([bytes('fff15080 047ffc'), Buffer.alloc(28)]);

describe('a text stays a text', () => {
  test.each([
    ['what PowerShell’s > writes', Buffer.from('\ufeffGet-Date\r\n', 'utf16le'), 'text/plain; charset=utf-16le'],
    ['the other order of bytes', utf16be('\ufeffHello\r\n'), 'text/plain; charset=utf-16be'],
    ['UTF-16 without a mark', Buffer.from('One line,\r\nand another\r\n', 'utf16le'), 'text/plain; charset=utf-16le'],
    ['UTF-16 without a mark, in the other order', utf16be('One line,\r\nand another\r\n'), 'text/plain; charset=utf-16be'],
    ['Chinese in UTF-16', Buffer.from('\ufeff你好，世界', 'utf16le'), 'text/plain; charset=utf-16le'],
    ['UTF-8 with a mark', '\ufeffhello', 'text/plain'],
    ['one letter', 'a', 'text/plain'],
    ['a drawing behind the letters of an AVIF', '<!--ftypavif--><svg xmlns="http://www.w3.org/2000/svg"/>', 'text/plain'],
    ['a page', '<!doctype html><script>alert(1)</script>', 'text/plain'],
    ['TypeScript at whose 188th character stands a G', `G${' '.repeat(187)}G`, 'text/plain'],
    ['a log with colours, bells and backspaces', '\u001b[31mfailed\u001b[0m\u0007 10%\b\b\b20%\r\n', 'text/plain'],
    ['a text that DOS ended', 'DIR *.*\r\n\u001a', 'text/plain'],
    ['a patch', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-BM\n+MZ\n', 'text/plain'],
    ['a key', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', 'text/plain'],
    ['a table', 'BM,MZ,ID3\n1,2,3\n', 'text/plain'],
    ['a text that begins like a tag of MP3', 'ID3 is a format of tags.', 'text/plain'],
    ['a text that begins like a model', 'solid advice for beginners', 'text/plain'],
    ['a text that begins like a bitmap', 'BMW and others', 'text/plain'],
    ['JSON', '{"ftyp":"mp42"}', 'text/plain'],
    ['a text cut in the middle of a character at 64 KiB', `${'a'.repeat(65_535)}é and more`, 'text/plain'],
    ['a text of megabytes', 'Grüße\n'.repeat(500_000), 'text/plain'],
  ])('%s', async (_what, content, mimeType) => {
    expect(await judged(content)).toBe(mimeType);
  });

  test('whatever it says, and however it is encoded', async () => {
    const visible = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(visible, async (text) => {
        expect(await judged(text)).toBe('text/plain');
        expect(await judged(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe('text/plain; charset=utf-16le');
        expect(await judged(utf16be(`\ufeff${text}`))).toBe('text/plain; charset=utf-16be');
      }),
    );
  });

  test.each([
    ['Windows-1252, beginning like MP3', bytes('ff fb 20 e9 74 e9 20 e0 20 6c 61 20 6d 65 72 0d 0a')],
    ['Windows-1251, beginning like UTF-16', bytes('ff fe 2c 20 f7 f2 ee 20 fd f2 ee 0d 0a')],
    ['Shift JIS', bytes('83 6e 83 8d 81 5b 90 a2 8a 45 0d 0a')],
    ['GBK', bytes('c4 e3 ba c3 a3 ac ca c0 bd e7 0d 0a')],
    ['one letter', bytes('e9 e9')],
  ])('or, in an encoding that nobody can be sure of, plain bytes, and no sound: %s', async (_what, content) => {
    expect(await judged(content)).toBe('application/octet-stream');
  });

  test('unless its first line fully identifies another type', async () => {
    expect(await judged('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n')).toBe('application/pdf');
    expect(await judged('{\\rtf1\\ansi hello}')).toBe('application/rtf');
    expect(await judged('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n')).toBe('text/calendar');
  });
});

describe('a sound or a film is built like one', () => {
  const mp4 = Buffer.concat([box('ftyp', 'isom\0\0\0\0isom'), box('moov', box('mvhd', Buffer.alloc(100)))]);

  test.each([
    ['MP3', frames(5), 'audio/mpeg'],
    ['a single second of MP3 behind a tag', Buffer.concat([bytes('4944330400 00 00000004 00000000'), frames(3)]), 'audio/mpeg'],
    ['AAC', Buffer.concat([adts, adts, adts, adts]), 'audio/aac'],
    ['MP4', mp4, 'video/mp4'],
    [
      'MP4 with a size of 64 bits',
      Buffer.concat([box('ftyp', 'isom\0\0\0\0isom'), bytes('00000001 6d646174 0000000000000018 0000000000000000')]),
      'video/mp4',
    ],
    ['QuickTime', Buffer.concat([box('ftyp', 'qt  \0\0\0\0qt  '), box('mdat', Buffer.alloc(9))]), 'video/quicktime'],
    [
      'an old QuickTime, without a mark',
      Buffer.concat([box('moov', box('mvhd', Buffer.alloc(100))), box('mdat', Buffer.alloc(9))]),
      'video/quicktime',
    ],
  ])('%s', async (_what, content, mimeType) => {
    expect(await judged(content)).toBe(mimeType);
    expect(isShownInPlace(mimeType)).toBe(true);
  });

  test.each([
    ['two bytes of MP3', Buffer.concat([bytes('fffb9000'), Buffer.alloc(2_000)])],
    ['two bytes of AAC', Buffer.concat([bytes('fff15080047ffc'), Buffer.alloc(2_000, 3)])],
    ['a tag without a sound', Buffer.concat([bytes('4944330400 00 00000004 00000000'), Buffer.alloc(500)])],
    ['the letters of an AVIF amid bytes', Buffer.concat([bytes('3c212d2d'), Buffer.from('ftypavif'), Buffer.alloc(64)])],
    ['the letters of a film, and nothing else', box('ftyp', 'isom\0\0\0\0isom')],
    ['a box that ends beyond the file', Buffer.concat([bytes('7fffffff'), Buffer.from('ftypisom'), Buffer.alloc(64)])],
    ['two bytes of a bitmap', Buffer.concat([Buffer.from('BM'), Buffer.alloc(20, 1)])],
    ['G here and G there', Buffer.concat([Buffer.from('G'), Buffer.alloc(187), Buffer.from('G'), Buffer.alloc(900)])],
  ])('or it is plain bytes: %s', async (_what, content) => {
    expect(await judged(content)).toBe('application/octet-stream');
  });

  test.each([
    ['AVI', Buffer.concat([Buffer.from('RIFF8\0\0\0AVI LIST'), Buffer.alloc(48)])],
    ['Matroska', bytes('1a45dfa3 93 4282 88 6d6174726f736b61 4287 81 04 00000000')],
    ['FLV', bytes('464c5601 05 00000009 00000000')],
    ['MPEG', bytes('000001ba 2100010001 80000100 00000000')],
    ['3GP', Buffer.concat([box('ftyp', '3gp5\0\0\0\0isom'), box('mdat', Buffer.alloc(9))])],
    ['AIFF', Buffer.concat([Buffer.from('FORM'), bytes('00000010'), Buffer.from('AIFF'), Buffer.alloc(16)])],
    ['AMR', Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(16)])],
    ['MIDI', Buffer.concat([Buffer.from('MThd'), bytes('00000006 0000 0001 0060'), Buffer.alloc(8)])],
    ['a picture of an iPhone', Buffer.concat([box('ftyp', 'heic\0\0\0\0mif1'), box('meta', Buffer.alloc(4))])],
  ])('what browsers do not play, or not all, is named, and a download: %s', async (_what, content) => {
    const mimeType = await judged(content);
    expect(mimeType).toMatch(/^(audio|video|image)\//);
    expect(isShownInPlace(mimeType)).toBe(false);
  });
});
