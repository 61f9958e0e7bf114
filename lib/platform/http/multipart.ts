import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { invalid, ParleyError } from '@/lib/platform/errors/error';
import { cleanName } from '@/lib/platform/http/file-name';
import { limits } from '@/lib/platform/limits/schema';

/** Bytes that the multipart format may add to the file. */
const maxOverhead = 16 * 1024;

/**
 * Checks the headers before the body is read.
 * @throws UNSUPPORTED_MEDIA_TYPE when it is not multipart, PAYLOAD_TOO_LARGE when it is too long
 */
export function checkUploadHeaders(request: Request): void {
  if (!/^multipart\/form-data\s*;/i.test(request.headers.get('content-type') ?? ''))
    throw new ParleyError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data.');
  if (Number(request.headers.get('content-length') ?? 0) > limits().upload + maxOverhead) throw tooLarge();
}

/**
 * Streams the form's `file` to a local path, one chunk in memory at a time.
 * @throws VALIDATION_FAILED when the form has no file, an empty one, several, or is broken; PAYLOAD_TOO_LARGE when it is too large
 */
export async function receiveFile(request: Request, path: string): Promise<{ name: string }> {
  const form = openForm(request.headers.get('content-type') ?? '');
  const receiver = new FormReceiver(form, path);
  const body = Readable.fromWeb((request.body ?? new Blob().stream()) as Parameters<typeof Readable.fromWeb>[0]);
  // The signal covers a client that disconnects while nothing is being read.
  await pipeline(body, (source) => receiver.bounded(source), form, { signal: request.signal }).catch((error) =>
    receiver.abandon(error),
  );
  return receiver.end();
}

/** Receives one form. Its first error is the answer; later errors are consequences of it. */
class FormReceiver {
  #name: string | null = null;
  #size = 0;
  #file: Readable | null = null;
  #written: Promise<void> = Promise.resolve();
  #error: unknown = null;

  constructor(form: BusboyInstance, path: string) {
    form.on('file', (field, stream, name) => {
      // A part fails with its form. Without a listener, its error would end the process.
      stream.on('error', () => undefined);
      if (field === 'file' && this.#name === null) this.#write(stream, path, name, form);
      else stream.resume();
    });
    form.on('error', (error) => this.fail(error));
    form.on('filesLimit', () => this.#reject(form, invalid({ file: 'One file at a time.' })));
    form.on('partsLimit', () => this.#reject(form, invalid({ file: 'The form has too many parts.' })));
  }

  /** Destroys the form too: at a limit it stops reading, and the sender would hang until a timeout. */
  #reject(form: BusboyInstance, reason: Error): void {
    this.fail(reason);
    form.destroy(reason);
  }

  fail(reason: unknown): void {
    this.#error ??= reason;
  }

  /** Destroys the file's stream as well, which would otherwise wait for the rest of the form. */
  abandon(reason: unknown): void {
    this.fail(reason);
    this.#file?.destroy(new Error('The form broke off.'));
  }

  /** Stops reading at the first error, and above the maximum size of a form with one file. */
  async *bounded(source: AsyncIterable<Uint8Array>) {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limits().upload + maxOverhead) throw tooLarge();
      yield chunk;
      if (this.#error) throw this.#error;
    }
  }

  async end(): Promise<{ name: string }> {
    await this.#written;
    if (this.#error) throw toClientError(this.#error);
    if (this.#name === null) throw invalid({ file: 'Expected a file.' });
    if (this.#size === 0) throw invalid({ file: 'The file is empty.' }, { file: 'FILE_EMPTY' });
    return { name: this.#name };
  }

  #write(stream: Readable, path: string, name: string | undefined, form: BusboyInstance): void {
    this.#name = cleanName(name);
    this.#file = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#size += chunk.length;
    });
    stream.on('limit', () => this.#reject(form, tooLarge()));
    const written = pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    this.#written = written.catch((reason: Error) => this.#reject(form, reason));
  }
}

function openForm(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { files: 1, fileSize: limits().upload, fields: 20, fieldSize: 4096, parts: 21, headerPairs: 50 },
    });
  } catch {
    throw invalid({ file: 'The form says no boundary.' });
  }
}

/** Errors of the file system (ENOSPC) are the server's; any other error means that the form was broken. */
function toClientError(reason: unknown): unknown {
  if (reason instanceof ParleyError) return reason;
  const isFileSystemError = reason instanceof Error && 'syscall' in reason && 'path' in reason;
  return isFileSystemError ? reason : invalid({ file: 'The form is broken or was cut off.' }, { file: 'FILE_BROKEN' });
}

const tooLarge = () => new ParleyError('PAYLOAD_TOO_LARGE', `A file may have at most ${limits().upload} bytes.`);
