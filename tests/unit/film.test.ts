import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stripPosition } from '@/lib/platform/media/strip-position';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-film-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function stripped(content: Buffer, mimeType = 'video/mp4'): Promise<Buffer> {
  const path = join(folder, 'film');
  await writeFile(path, content);
  expect(await stripPosition(path, mimeType, 1)).toBe(content.length);
  return readFile(path);
}

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const joined = (parts: (Buffer | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

function box(type: string, ...parts: (Buffer | string)[]): Buffer {
  const content = joined(parts);
  return joined([uint32(8 + content.length), type, content]);
}

function longBox(type: string, content: Buffer): Buffer {
  return joined([uint32(1), type, uint32(0), uint32(16 + content.length), content]);
}

const place = '+52.5200+013.4050+034.000/';
const placeOf3gpp = joined([uint32(0), uint32(0x15c7), 'Home\0', uint32(0x000d_6800), uint32(0x0034_8520)]);
const hdlr = (kind: string) => box('hdlr', Buffer.alloc(8), kind, Buffer.alloc(13));
const value = (index: number, text: string) => box(uint32(index).toString('latin1'), box('data', uint32(1), uint32(0), text));
const keys = (...names: string[]) => box('keys', uint32(0), uint32(names.length), ...names.map((name) => box('mdta', name)));
const uuid = (id: string, content: Buffer | string) => box('uuid', Buffer.from(id, 'hex'), content);

const apple = (hasVersion: boolean) =>
  box(
    'meta',
    ...(hasVersion ? [uint32(0)] : []),
    hdlr('mdta'),
    keys(
      'com.apple.quicktime.make',
      'com.apple.quicktime.location.ISO6709',
      'com.apple.quicktime.location.accuracy.horizontal',
    ),
    box('ilst', value(1, 'Apple'), value(2, place), value(3, '4.766546')),
  );

const tags = box(
  'meta',
  uint32(0),
  hdlr('mdir'),
  box(
    'ilst',
    box('\xa9nam', box('data', uint32(1), uint32(0), 'A title')),
    box('\xa9xyz', box('data', uint32(1), uint32(0), place)),
    box(
      '----',
      box('mean', uint32(0), 'com.apple.iTunes'),
      box('name', uint32(0), 'LOCATION'),
      box('data', uint32(1), uint32(0), place),
    ),
  ),
);

const userData = box(
  'udta',
  box('\xa9xyz', Buffer.from('001a15c7', 'hex'), place),
  box('loci', placeOf3gpp),
  box('GPS ', place),
  box('titl', uint32(0), Buffer.from([0x15, 0xc7]), 'A title\0'),
  tags,
  uint32(0),
);

const track = box(
  'trak',
  box('tkhd', Buffer.alloc(84)),
  box('udta', box('\xa9xyz', Buffer.from('001a15c7', 'hex'), place)),
  apple(true),
);
const xmp = '<x:xmpmeta><exif:GPSLatitude>52,31.2N</exif:GPSLatitude></x:xmpmeta>';
const moov = box(
  'moov',
  box('mvhd', Buffer.alloc(100)),
  track,
  userData,
  apple(false),
  uuid('85c0b687820f11e08111f4ce462b6a48', box('CMT4', place)),
);
const ftyp = box('ftyp', 'isom', uint32(0), 'isom');
// The media data is not parsed, whatever it contains.
const shown = joined(['moov', box('udta', box('\xa9xyz', place)), 'pictures and sounds']);
const extra = joined([
  uuid('be7acfcb97a942e89c71999491e3afac', xmp),
  box('meta', uint32(0), hdlr('nrtm'), box('xml ', uint32(0), xmp)),
]);

/** Whether any form of a position remains outside of the media data. */
const isSaid = (film: Buffer) =>
  [place, '4.766546', placeOf3gpp, 'GPSLatitude'].some((said) =>
    film
      .toString('latin1')
      .replaceAll(shown.toString('latin1'), '')
      .includes(typeof said === 'string' ? said : said.toString('latin1')),
  );

test.each([
  ['with its index in front', joined([ftyp, moov, extra, box('mdat', shown)])],
  ['with its index behind', joined([ftyp, box('mdat', shown), moov, extra])],
  ['with sizes of 64 bits', joined([ftyp, longBox('mdat', shown), longBox('moov', moov.subarray(8)), extra])],
  [
    'in fragments',
    joined([ftyp, moov, box('moof', box('traf', userData)), box('mdat', shown), extra, box('moof'), box('mdat', shown)]),
  ],
  ['whose last box goes on to the end', joined([ftyp, moov, extra, uint32(0), 'mdat', shown])],
])('a film %s loses where it was taken, and no byte of it moves', async (_what, film) => {
  expect(isSaid(film)).toBe(true);
  const bare = await stripped(film);
  expect(isSaid(bare)).toBe(false);
  expect(bare.includes(shown)).toBe(true);
  for (const kept of ['A title', 'com.apple.quicktime.make', 'Apple', 'mvhd', 'tkhd']) expect(bare.includes(kept)).toBe(true);
});

test.each(['video/quicktime', 'audio/mp4', 'audio/x-m4a', 'video/x-m4v', 'video/3gpp', 'video/3gpp2', 'image/x-canon-cr3'])(
  'so does what else is built like one: %s',
  async (mimeType) => {
    expect(isSaid(await stripped(joined([ftyp, moov, extra, box('mdat', shown)]), mimeType))).toBe(false);
  },
);

test('data other than the position stays unchanged', async () => {
  const plain = joined([
    ftyp,
    box('moov', box('mvhd', Buffer.alloc(100, 7)), box('udta', box('\xa9nam', 'A title'))),
    uuid('ffcc8263f8554a938814587a02521fdd', xmp),
    box('mdat', shown),
  ]);
  expect((await stripped(plain)).equals(plain)).toBe(true);
});

test('boxes of other kinds, and other kinds of files, stay as they were', async () => {
  const film = joined([ftyp, moov, box('mdat', shown)]);
  for (const mimeType of ['video/webm', 'application/zip', 'text/plain'])
    expect((await stripped(film, mimeType)).equals(film)).toBe(true);
});

test('a damaged film keeps its picture, sound and length', async () => {
  const front = joined([ftyp, box('mdat', shown)]);
  const whole = joined([front, moov, extra]);
  const change = fc.record({
    at: fc.integer({ min: front.length, max: whole.length - 1 }),
    to: fc.integer({ min: 0, max: 255 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const film = Buffer.from(whole);
      for (const { at, to } of changes) film[at] = to;
      expect((await stripped(film)).subarray(0, front.length).equals(front)).toBe(true);
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('arbitrary bytes as a film are never moved, and cause no error', async () => {
  const parts = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom('moov', 'udta', 'meta', 'keys', 'ilst', 'uuid', '\xa9xyz').map((type) => Buffer.from(type, 'latin1')),
      fc.nat(64).map(uint32),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(parts, async (made) => {
      await stripped(Buffer.concat(made));
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('a film of boxes within boxes, and of boxes without end, is read in bounded time', async () => {
  let nested = box('\xa9xyz', place);
  for (let depth = 0; depth < 5_000; depth += 1) nested = box('moov', nested);
  await stripped(nested);
  await stripped(Buffer.concat(Array.from({ length: 100_000 }, () => box('free'))));
}, 60_000);
