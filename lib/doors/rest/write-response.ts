import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isWorthPacking, packed } from '@/lib/doors/rest/compression';
import { TextResponse } from '@/lib/doors/rest/text-response';

/** Writes a handler's answer. If the answer breaks off, the connection is closed, so that no client takes it for complete. */
export async function writeResponse(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (response instanceof TextResponse) return writeText(response, incoming, outgoing);
  const headers = headersOf(response);
  outgoing.writeHead(response.status, headers);
  if (response.body === null || incoming.method === 'HEAD') {
    await response.body?.cancel();
    outgoing.end();
  } else await writeStream(response.body, Number(headers['content-length'] ?? 0), outgoing);
}

function writeText(response: TextResponse, incoming: IncomingMessage, outgoing: ServerResponse): void | Promise<void> {
  const { content, status } = response;
  const headers = headersOf(response);
  if (isWorthPacking(content, incoming)) return writePacked(content, status, headers, outgoing);
  headers['content-length'] = Buffer.byteLength(content);
  outgoing.writeHead(status, headers);
  outgoing.end(content);
}

async function writePacked(
  content: string,
  status: number,
  headers: OutgoingHttpHeaders,
  outgoing: ServerResponse,
): Promise<void> {
  const bytes = await packed(content);
  headers['content-encoding'] = 'gzip';
  headers['content-length'] = bytes.byteLength;
  headers.vary = [headers.vary ?? [], 'Accept-Encoding'].flat().join(', ');
  outgoing.writeHead(status, headers);
  outgoing.end(bytes);
}

function headersOf(response: Response): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of response.headers) headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  return headers;
}

/** @param promised the announced number of bytes; 0 for none */
async function writeStream(body: ReadableStream<Uint8Array>, promised: number, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  outgoing.once('close', stop);
  let written = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      written += read.value.byteLength;
      if (!outgoing.write(read.value)) await drained(outgoing);
    }
    // A file that is shorter than announced: after a regular end the client would wait for the rest.
    if (written < promised) outgoing.destroy();
    else outgoing.end();
  } finally {
    outgoing.off('close', stop);
  }
}

/** Resolves when the client has read some of the waiting data, or disconnected. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    if (outgoing.destroyed) resolve();
    else outgoing.on('drain', done).on('close', done);
  });
}
