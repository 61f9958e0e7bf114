import type { Readable } from 'node:stream';
import { fileKey } from '@/lib/domain/attachments/shape';
import { log } from '@/lib/platform/log/log';
import { storage } from '@/lib/platform/storage/storage';

/** How much of a file is read. */
const maxBytes = 200_000;
/** A store that does not answer must not stop the index. */
const patienceMs = 10_000;

/**
 * The beginning of a file that is text (Markdown, CSV and code are, too), whatever its name says.
 * @param mimeType as it is stored, with its charset
 * @returns an empty text for other files, and for one that cannot be read: its name is found all the same
 */
export async function textOfFile(id: string, mimeType: string): Promise<string> {
  if (!isText.test(mimeType)) return '';
  try {
    const file = await storage().open(fileKey(id), { start: 0, end: maxBytes - 1 });
    return file ? decode(await read(file), mimeType) : '';
  } catch (error) {
    log().warn({ attachment: id, reason: (error as Error).message }, 'A file could not be read for the index.');
    return '';
  }
}

const isText = /^text\/|^application\/(json|xml|x-(sh|yaml|httpd-php)|javascript|sql|toml)\b/;

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

/** What is cut off at the end, and what PostgreSQL cannot store, is left out. */
function decode(bytes: Buffer, mimeType: string): string {
  const charset = /charset=([\w-]+)/i.exec(mimeType)?.[1] ?? 'utf-8';
  return new TextDecoder(charset).decode(bytes, { stream: true }).replaceAll('\0', ' ');
}
