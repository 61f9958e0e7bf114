import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOfPdf } from '@/lib/platform/media/pdf';
import { WorkerLost } from '@/lib/platform/workers/worker-pool';
import { fileOf, pdfOf, streamOf } from '@/tests/support/pdf';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-pdf-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function read(content: Buffer | string, maxChars = 200_000): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return textOfPdf(path, maxChars);
}

describe('the text of a PDF file', () => {
  test('has its pages and lines in order', async () => {
    expect(await read(pdfOf([['The first line,', 'and the second.'], ['Another page.']]))).toBe(
      'The first line,\r\nand the second.\nAnother page.',
    );
  });

  test('has divided words as one', async () => {
    expect(await read(pdfOf([['after the deploy-', 'ment of a well-'], ['known version']]))).toBe(
      'after the deployment of a wellknown version\ndeploy-ment\nwell-known',
    );
  });

  test('has ligatures as letters, however the file spells them', async () => {
    expect((await read(pdfOf([['the ﬁrst oﬃce']]))).normalize('NFKC')).toBe('the first office');
    expect(await read(pdfOf([['the ﬁrst oﬃce']], { standsFor: { ﬁ: 'fi', ﬃ: 'ffi' } }))).toBe('the first office');
  });

  test('is read in every script, from right to left, too', async () => {
    expect(await read(pdfOf([['我家在上', '海东边']]))).toBe('我家在上海东边');
    expect(await read(pdfOf([['Привет, мир 😀']]))).toBe('Привет, мир 😀');
    // Files have the glyphs in the order in which they stand, from left to right.
    expect(await read(pdfOf([[[...'שלום עולם'].toReversed().join('')]]))).toBe('שלום עולם');
    expect(await read(pdfOf([[[...'مرحبا بالعالم'].toReversed().join('')]]))).toBe('مرحبا بالعالم');
  });

  test('is read to the given length', async () => {
    expect(await read(pdfOf([['one two three'], ['four']]), 7)).toBe('one two');
  });

  test('is empty for a file of pictures', async () => {
    expect(await read(pdfOf([[]]))).toBe('');
  });
});

describe('a file that somebody made to do harm', { timeout: 120_000 }, () => {
  /** A page whose content is this stream, with these further objects. */
  const page = (content: Buffer | string, objects: Record<number, string | Buffer> = {}, resources = '') =>
    fileOf({
      1: '<< /Type /Catalog /Pages 2 0 R >>',
      2: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`,
      4: content,
      ...objects,
    });

  /** Whatever becomes of it: the next file is read as usual. */
  const outcome = async (content: Buffer | string): Promise<string> => {
    const result = await read(content).then(
      (text) => `read: ${text}`,
      (error: Error) => (error instanceof WorkerLost ? 'killed' : 'refused'),
    );
    expect(await read(pdfOf([['all is well']]))).toBe('all is well');
    return result;
  };

  test('that is no PDF file, is cut off, or is encrypted is refused', async () => {
    const whole = pdfOf([['a secret']]);
    const encrypted = pdfOf([['a secret']], {
      trailer: '/Encrypt 100 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
      objects: {
        100: `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`,
      },
    });
    expect(await outcome('%PDF-1.7\nnothing')).toBe('refused');
    expect(await outcome(whole.subarray(0, 200))).toBe('refused');
    expect(await outcome(encrypted)).toBe('refused');
  });

  test('whose table of contents is wrong is read all the same', async () => {
    const broken = Buffer.from(
      pdfOf([['still here']])
        .toString('latin1')
        .replace(/startxref\n\d+/, 'startxref\n7'),
      'latin1',
    );
    expect(await outcome(broken)).toBe('read: still here');
  });

  test('that unpacks to gigabytes does not fill the memory', async () => {
    const bomb = page(streamOf(Buffer.alloc(300_000_000, ' q Q'), 2));
    expect(bomb.length).toBeLessThan(100_000);
    expect(['killed', 'refused', 'read: ']).toContain(await outcome(bomb));
  });

  test('that never ends is ended', async () => {
    // Each form draws the next one ten times: a thousand million times in all.
    const forms = Object.fromEntries(
      Array.from({ length: 10 }, (_, level) => [
        10 + level,
        Buffer.from(
          `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N ${11 + level} 0 R >> >> /Length 50 >>\nstream\n${'/N Do '.repeat(8)}  \nendstream`,
        ),
      ]),
    );
    const endless = page(streamOf('/N Do '.repeat(10)), { ...forms, 20: streamOf('') }, '/XObject << /N 10 0 R >>');
    const started = performance.now();
    expect(['killed', 'refused', 'read: ']).toContain(await outcome(endless));
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test('whose pages contain each other, or themselves, is ended', async () => {
    const circle = fileOf({
      1: '<< /Type /Catalog /Pages 2 0 R >>',
      2: '<< /Type /Pages /Count 1000000 /Kids [3 0 R 2 0 R] /Parent 3 0 R >>',
      3: '<< /Type /Pages /Count 1000000 /Kids [2 0 R 3 0 R] /Parent 2 0 R >>',
    });
    expect(['killed', 'refused', 'read: ']).toContain((await outcome(circle)).replaceAll('\n', ''));
  });

  test('of 10,000 pages gives its beginning', async () => {
    const long = pdfOf(Array.from({ length: 10_000 }, (_, index) => [`page ${index + 1}`]));
    const text = await outcome(long);
    expect(text).toMatch(/^read: page 1\npage 2\n/);
    expect(text).not.toContain('page 10000');
  });
});
