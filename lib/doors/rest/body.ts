import { asIncoming } from '@/lib/doors/rest/incoming-request';
import { invalid, ParleyError } from '@/lib/platform/errors/error';
import { limits } from '@/lib/platform/limits/schema';

/** Reads a JSON body: PAYLOAD_TOO_LARGE over the limit, VALIDATION_FAILED when it is no UTF-8 or no JSON. Empty is `{}`. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalid({ body: 'Not JSON.' });
  }
}

/** Reads a body as UTF-8, and never more of it than the limit, whatever its headers say. */
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
    // Whoever sends it went away, or was too slow: no fault of ours.
    throw error instanceof ParleyError ? error : invalid({ body: 'Cut off.' });
  }
}

/** Null when there is more than so many bytes. */
async function collect(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream: the rest is not read.
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = () => new ParleyError('PAYLOAD_TOO_LARGE', `At most ${limits().body} bytes.`);
