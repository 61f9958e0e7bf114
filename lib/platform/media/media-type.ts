import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { isBuiltLike } from '@/lib/platform/media/evidence';
import { type Read, reader } from '@/lib/platform/media/reader';
import { textType } from '@/lib/platform/media/text-type';

/** How much of a file decides whether it is text. */
const sniffedBytes = 64 * 1024;

const unknown = 'application/octet-stream';

/** Kinds that are written as text and that other programs open: their first line says so in full. */
const written = /^(application\/(pdf|rtf|postscript|eps)|text\/(calendar|vcard|vtt))$/;

/**
 * The media type of a file, by its content alone: what its sender or its name say is not heard. A text stays a text, whatever
 * its first letters are elsewhere the mark of (with its charset, when that is not UTF-8), and what is not sure is plain bytes.
 */
export async function judge(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const read = reader(handle);
    const text = textType(await read(0, sniffedBytes));
    const known = await fileTypeFromFile(path).catch(() => undefined);
    if (text) return known && written.test(known.mime) ? known.mime : text;
    return known ? await proven(asInert(known.mime), read, (await handle.stat()).size) : unknown;
  } finally {
    await handle.close();
  }
}

const proven = async (mimeType: string, read: Read, size: number) =>
  (await isBuiltLike(mimeType, read, size)) ? mimeType : unknown;

/** Whether a browser may show it in place. Everything else is a download: no markup, no script, no document of ours. */
export const isShownInPlace = (mimeType: string) => shownInPlace.has(mimeType);

const shownInPlace = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/gif',
  'image/webp',
  'image/avif',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/ogg',
  'audio/opus',
  'audio/flac',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/quicktime',
]);

/** SVG, XHTML and their kin are programs to a browser. Kept as what they also are: text. */
function asInert(mimeType: string): string {
  if (/xml|html|svg|javascript|ecmascript/i.test(mimeType) && !mimeType.includes('officedocument')) return 'text/plain';
  // "audio/ogg; codecs=opus" and the like: the wire's type is the bare one.
  return mimeType.split(';', 1)[0]?.trim() ?? mimeType;
}
