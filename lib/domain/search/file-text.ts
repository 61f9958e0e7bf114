import type { Readable } from 'node:stream';
import { fileKey } from '@/lib/domain/attachments/shape';
import { storage } from '@/lib/platform/storage/storage';

/** Maximum number of bytes read of a file. */
const maxBytes = 200_000;
/** A store that does not answer must not block other files. */
const patienceMs = 10_000;

/** Whether files of this type are found by their contents. */
export const hasText = (mimeType: string) => isText.test(mimeType);

const isText = /^text\/|^application\/(json|xml|x-(sh|yaml|httpd-php)|javascript|sql|toml)\b/;

/**
 * The beginning of a text file (including Markdown, CSV and code), whatever its name.
 * @param mimeType the stored type with its charset
 * @returns '' for other files, and for one that is not in the store
 * @throws when the store does not answer
 */
export async function textOfFile(id: string, mimeType: string): Promise<string> {
  if (!hasText(mimeType)) return '';
  const file = await storage().open(fileKey(id), { start: 0, end: maxBytes - 1 });
  return file ? decode(await read(file), mimeType) : '';
}

async function read(file: Readable): Promise<Buffer> {
  const timer = setTimeout(() => file.destroy(new Error('The file store went silent.')), patienceMs);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of file) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

/** Drops a character that is cut off at the end, and characters that PostgreSQL cannot store. */
function decode(bytes: Buffer, mimeType: string): string {
  const charset = /charset=([\w-]+)/i.exec(mimeType)?.[1] ?? 'utf-8';
  return new TextDecoder(charset).decode(bytes, { stream: true }).replaceAll('\0', ' ');
}
