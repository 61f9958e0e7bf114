import type { Read } from '@/lib/platform/media/reader';

type StructureCheck = (read: Read, size: number) => Promise<boolean>;

/**
 * Whether a file has the structure of its detected type. Signatures of two to four bytes also match unrelated files, and clients show
 * a player or a picture because of the type.
 */
export async function hasStructureOf(mimeType: string, read: Read, size: number): Promise<boolean> {
  return (await structureChecks.find(([kinds]) => kinds.test(mimeType))?.[1](read, size)) ?? true;
}

const structureChecks: [RegExp, StructureCheck][] = [
  [/^audio\/(mpeg|aac)$/, hasFrames],
  [/^(video|audio)\/(mp4|quicktime|x-m4[av]|3gpp2?)$|^image\/(avif|hei[cf](-sequence)?|x-canon-cr3)$/, hasBoxes],
  [/^video\/mp2t$/, hasPackets],
  [/^image\/bmp$/, isBitmap],
];

/** How far to search for the first frame, because tools leave padding between the tag and the audio. */
const searchWindow = 128 * 1024;

/** Three frames of MPEG audio (ISO 11172-3, 2.4.1) or ADTS (ISO 13818-7, 6.2), each where the one before it ends. */
async function hasFrames(read: Read, size: number): Promise<boolean> {
  const start = await endOfTag(read);
  const bytes = await read(start, searchWindow);
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1))
    if (isFrameSequence(bytes, at, start + bytes.length === size)) return true;
  return false;
}

function isFrameSequence(bytes: Buffer, first: number, isWhole: boolean): boolean {
  const { kind } = frameAt(bytes, first);
  let at = first;
  for (let count = 0; count < 3; count += 1) {
    const frame = frameAt(bytes, at);
    if (frame.length === 0 || frame.kind !== kind) return count === 2 && isWhole && at >= bytes.length;
    at += frame.length;
  }
  return true;
}

/** ID3v2, 3.1: its size in four bytes of seven bits. */
async function endOfTag(read: Read): Promise<number> {
  const head = await read(0, 10);
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0);
}

/** kbit/s by layer (1, 2, 3) for MPEG 1, then for MPEG 2. */
const bitRates = [
  [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const sampleRates = [44_100, 48_000, 32_000];

/** @returns length: bytes to the next frame, 0 for none; kind: header bits that all frames of a file share */
function frameAt(bytes: Buffer, at: number): { length: number; kind: number } {
  const none = { length: 0, kind: -1 };
  if (at + 6 > bytes.length || bytes[at] !== 0xff) return none;
  const head = bytes.readUInt32BE(at);
  const [version, layer] = [(head >>> 19) & 3, 4 - ((head >>> 17) & 3)];
  const kind = (head >>> 17) & 0x7fff;
  if (layer === 4) {
    const length = (bytes.readUIntBE(at + 3, 3) >>> 5) & 0x1fff;
    return kind >>> 3 === 0xfff && length > 7 ? { length, kind } : none;
  }
  const [rate, sampling] = [(head >>> 12) & 15, (head >>> 10) & 3];
  if (kind >>> 4 !== 0x7ff || version === 1 || rate === 0 || rate === 15 || sampling === 3) return none;
  const isFirst = version === 3;
  const bits = 1000 * (bitRates[layer - 1 + (isFirst ? 0 : 3)]?.[rate - 1] ?? 0);
  const samples = (sampleRates[sampling] ?? 1) / (isFirst ? 1 : version === 2 ? 2 : 4);
  const padding = (head >>> 9) & 1;
  if (layer === 1) return { length: 4 * (Math.floor((12 * bits) / samples) + padding), kind };
  return { length: Math.floor(((layer === 3 && !isFirst ? 72 : 144) * bits) / samples) + padding, kind };
}

/** ISO 14496-12, 4.2: a box that ends within the file, and another box after it. */
async function hasBoxes(read: Read, size: number): Promise<boolean> {
  const first = await read(0, 16);
  if (first.length < 16) return false;
  const short = first.readUInt32BE(0);
  const length = short === 1 ? Number(first.readBigUInt64BE(8)) : short || size;
  const isNamed = (box: Buffer) => /^[\x20-\x7e\xa9]{4}$/.test(box.toString('latin1', 4, 8));
  if (!isNamed(first) || length < 8 || length > size) return false;
  if (length === size) return first.toString('latin1', 4, 8) !== 'ftyp';
  return isNamed(await read(length, 8));
}

/** ISO 13818-1, 2.4.3: each packet begins with 0x47, on Blu-ray after four extra bytes. */
async function hasPackets(read: Read): Promise<boolean> {
  const bytes = await read(0, 1024);
  return [188, 192].some((step) => [0, 1, 2, 3, 4].every((count) => bytes[step - 188 + count * step] === 0x47));
}

/** Checks the file size in the header, and the four reserved bytes. */
async function isBitmap(read: Read, size: number): Promise<boolean> {
  const head = await read(0, 14);
  return head.length === 14 && head.readUInt32LE(6) === 0 && (head.readUInt32LE(2) === size || head.readUInt32LE(10) < size);
}
