import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { invalid, ParleyError } from '@/lib/platform/errors/error';
import { cleanName } from '@/lib/platform/http/file-name';
import { limits } from '@/lib/platform/limits/schema';

/** What multipart may add around the file itself, in bytes. */
const envelope = 16 * 1024;

/** Refuses before the first byte what can never become an attachment. */
export function refuseUnsuitable(request: Request): void {
  if (!/^multipart\/form-data\s*;/i.test(request.headers.get('content-type') ?? ''))
    throw new ParleyError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data.');
  if (Number(request.headers.get('content-length') ?? 0) > limits().upload + envelope) throw tooLarge();
}

/**
 * Streams the form's `file` to a path of this machine, never holding more of it than a chunk.
 * Throws VALIDATION_FAILED (no file, an empty one, several, a broken form), PAYLOAD_TOO_LARGE.
 */
export async function receiveFile(request: Request, path: string): Promise<{ name: string }> {
  const form = openForm(request.headers.get('content-type') ?? '');
  const received = new Reception(form, path);
  const body = Readable.fromWeb((request.body ?? new Blob().stream()) as Parameters<typeof Readable.fromWeb>[0]);
  // The signal covers a client that went away while nothing was being read.
  await pipeline(body, (source) => received.bounded(source), form, { signal: request.signal }).catch((error) =>
    received.abandon(error),
  );
  return received.end();
}

/** What becomes of one form: its first refusal is the answer, whatever breaks afterwards because of it. */
class Reception {
  #name: string | null = null;
  #size = 0;
  #file: Readable | null = null;
  #written: Promise<void> = Promise.resolve();
  #refusal: unknown = null;

  constructor(form: BusboyInstance, path: string) {
    form.on('file', (field, stream, name) => {
      // A part breaks with its form, and an error that nobody listens to would end the process.
      stream.on('error', () => undefined);
      if (field === 'file' && this.#name === null) this.#write(stream, path, name, form);
      else stream.resume();
    });
    form.on('error', (error) => this.fail(error));
    form.on('filesLimit', () => this.#refuse(form, invalid({ file: 'One file at a time.' })));
    form.on('partsLimit', () => this.#refuse(form, invalid({ file: 'The form has too many parts.' })));
  }

  /** Ends the form too, which takes nothing more at a limit, and so would hold its sender until somebody gives up. */
  #refuse(form: BusboyInstance, reason: Error): void {
    this.fail(reason);
    form.destroy(reason);
  }

  fail(reason: unknown): void {
    this.#refusal ??= reason;
  }

  /** The form came to no end, so neither would the file in it. */
  abandon(reason: unknown): void {
    this.fail(reason);
    this.#file?.destroy(new Error('The form broke off.'));
  }

  /** Stops reading once the answer is known, and at the size that no form of one file can have. */
  async *bounded(source: AsyncIterable<Uint8Array>) {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limits().upload + envelope) throw tooLarge();
      yield chunk;
      if (this.#refusal) throw this.#refusal;
    }
  }

  async end(): Promise<{ name: string }> {
    await this.#written;
    if (this.#refusal) throw asRefusal(this.#refusal);
    if (this.#name === null) throw invalid({ file: 'Expected a file.' });
    if (this.#size === 0) throw invalid({ file: 'The file is empty.' });
    return { name: this.#name };
  }

  #write(stream: Readable, path: string, name: string | undefined, form: BusboyInstance): void {
    this.#name = cleanName(name);
    this.#file = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#size += chunk.length;
    });
    stream.on('limit', () => this.#refuse(form, tooLarge()));
    const written = pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    this.#written = written.catch((reason: Error) => this.#refuse(form, reason));
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

/** The file system's failures are ours (ENOSPC); anything else that breaks here was sent broken. */
function asRefusal(reason: unknown): unknown {
  if (reason instanceof ParleyError) return reason;
  const isOurs = reason instanceof Error && 'syscall' in reason && 'path' in reason;
  return isOurs ? reason : invalid({ file: 'The form is broken or was cut off.' });
}

const tooLarge = () => new ParleyError('PAYLOAD_TOO_LARGE', `A file may have at most ${limits().upload} bytes.`);
