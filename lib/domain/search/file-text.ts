import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileKey } from '@/lib/domain/attachments/shape';
import { ParleyError } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';
import { textOfPdf } from '@/lib/platform/media/pdf';
import { withStaging } from '@/lib/platform/storage/staging';
import { storage } from '@/lib/platform/storage/storage';
import { WorkerLost } from '@/lib/platform/workers/worker-pool';

/** Maximum size of a file's text, in bytes. */
const maxBytes = 200_000;
/** Larger PDF files are found by their names. */
const maxPdfBytes = 20_000_000;
/** A store that does not answer must not block other files. */
const patienceMs = 10_000;
const pdfPatienceMs = 60_000;

export interface TextFile {
  id: string;
  /** the stored type with its charset */
  mimeType: string;
  size: number;
}

/** Whether files of this type are found by their contents. */
export const hasText = (mimeType: string) => isText.test(mimeType) || mimeType === pdf;

const isText = /^text\/|^application\/(json|xml|x-(sh|yaml|httpd-php)|javascript|sql|toml)\b/;
const pdf = 'application/pdf';

/**
 * The beginning of the text of a PDF file or a text file (including Markdown, CSV and code), whatever its name.
 * @param isLastTry whether a PDF file whose reader was killed counts as unreadable. Otherwise it may have been killed for another reason
 * @returns '' for other files, for one that cannot be read, and for one that is not in the store
 * @throws when the store does not answer; WorkerLost; UNAVAILABLE
 */
export async function textOfFile(file: TextFile, isLastTry: boolean): Promise<string> {
  if (file.mimeType === pdf) return file.size > maxPdfBytes ? '' : textOfPdfFile(file, isLastTry);
  if (!hasText(file.mimeType)) return '';
  const stream = await storage().open(fileKey(file.id), { start: 0, end: maxBytes - 1 });
  return stream ? decode(await read(stream), file.mimeType) : '';
}

function textOfPdfFile({ id }: TextFile, isLastTry: boolean): Promise<string> {
  return withStaging(async (folder) => {
    const stream = await storage().open(fileKey(id));
    if (!stream) return '';
    const path = join(folder, 'file');
    await pipeline(stream, createWriteStream(path, { mode: 0o600 }), { signal: AbortSignal.timeout(pdfPatienceMs) });
    try {
      const text = await textOfPdf(path, maxBytes);
      return decode(Buffer.from(text).subarray(0, maxBytes), pdf);
    } catch (error) {
      if (error instanceof ParleyError || (error instanceof WorkerLost && !isLastTry)) throw error;
      log().warn({ attachment: id, reason: (error as Error).message }, 'A PDF file could not be read for the index.');
      return '';
    }
  });
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
