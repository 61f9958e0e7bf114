import { asIncoming } from '@/lib/doors/rest/incoming-request';
import { invalid, ParleyError } from '@/lib/platform/errors/error';
import { limits } from '@/lib/platform/limits/schema';

/**
 * Reads a JSON body; an empty one is `{}`.
 * @throws PAYLOAD_TOO_LARGE over the limit
 * @throws VALIDATION_FAILED when it is not UTF-8 or not JSON
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalid({ body: 'Not JSON.' });
  }
}

/**
 * Reads a body as UTF-8, and never more of it than the limit, whatever its headers say.
 * @throws PAYLOAD_TOO_LARGE
 * @throws VALIDATION_FAILED
 */
export async function readText(request: Request): Promise<string> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > limits().body) throw tooLarge();
  const bytes = await readBytes(request);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid({ body: 'Not UTF-8.' });
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const incoming = asIncoming(request);
  try {
    const bytes = await (incoming ? incoming.readWhole(limits().body) : collect(request.body, limits().body));
    if (!bytes) throw tooLarge();
    return bytes;
  } catch (error) {
    // The client disconnected or was too slow, which is not a server error.
    throw error instanceof ParleyError ? error : invalid({ body: 'Cut off.' });
  }
}

/** @returns null when there are more bytes than allowed */
async function collect(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, so the rest is not read.
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = () => new ParleyError('PAYLOAD_TOO_LARGE', `At most ${limits().body} bytes.`);
