import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

/** How much of a file without a signature decides whether it is text. */
const sniffedBytes = 64 * 1024;

/** The media type of a file, by its content alone: what its sender or its name say is not heard. */
export async function judge(path: string): Promise<string> {
  const known = await fileTypeFromFile(path).catch(() => undefined);
  if (known) return asInert(known.mime);
  return (await looksLikeText(path)) ? 'text/plain' : 'application/octet-stream';
}

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

async function looksLikeText(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    // stream: a character cut off at the end is none that is broken.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from binary.
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await handle.close();
  }
}
