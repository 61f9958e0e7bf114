import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { hasStructureOf } from '@/lib/platform/media/evidence';
import { type Read, reader } from '@/lib/platform/media/reader';
import { textType } from '@/lib/platform/media/text-type';

/** The number of bytes that decide whether a file is text. */
const sniffedBytes = 64 * 1024;

const unknown = 'application/octet-stream';

/** Text formats with a type of their own, because their first line identifies them reliably. */
const textFormats = /^(application\/(pdf|rtf|postscript|eps)|text\/(calendar|vcard|vtt))$/;

/**
 * Detects the media type of a file by its content alone. The sender's type and the name are ignored. Text stays text (with its charset,
 * unless UTF-8), even when it begins like a binary format. Uncertain types are application/octet-stream.
 */
export async function detectMediaType(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const read = reader(handle);
    const text = textType(await read(0, sniffedBytes));
    const known = await fileTypeFromFile(path).catch(() => undefined);
    if (text) return known && textFormats.test(known.mime) ? known.mime : text;
    return known ? await verified(asInert(known.mime), read, (await handle.stat()).size) : unknown;
  } finally {
    await handle.close();
  }
}

const verified = async (mimeType: string, read: Read, size: number) =>
  (await hasStructureOf(mimeType, read, size)) ? mimeType : unknown;

/** Whether a browser may show the type inline. Other types are downloads, because markup could run scripts on Parley's origin. */
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

/** Browsers run scripts in SVG, XHTML and similar types, so these become plain text. */
function asInert(mimeType: string): string {
  if (/xml|html|svg|javascript|ecmascript/i.test(mimeType) && !mimeType.includes('officedocument')) return 'text/plain';
  // The protocol's types have no parameters, as in "audio/ogg; codecs=opus".
  return mimeType.split(';', 1)[0]?.trim() ?? mimeType;
}
