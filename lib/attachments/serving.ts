import { Readable } from 'node:stream';
import { openAttachment } from '@/lib/attachments/attachment';
import { isShownInPlace } from '@/lib/attachments/media';
import { contentDisposition } from '@/lib/attachments/name';
import { parseRange } from '@/lib/attachments/range';
import { lengthHeader } from '@/lib/attachments/schema';
import { notFound } from '@/lib/errors/error';
import type { ByteRange } from '@/lib/storage/storage';

/** Bytes read ahead of a slow reader. */
const readAhead = 64 * 1024;

/** Answers GET and HEAD for a file (RFC 9110: ranges, conditions). Throws NOT_FOUND. */
export async function serveAttachment(
  userId: string,
  id: string,
  request: Request,
  { thumbnail = false } = {},
): Promise<Response> {
  const { attachment, size: measure, open, signedUrl } = await openAttachment(userId, id, { thumbnail });
  const etag = `"${id}${thumbnail ? '-thumbnail' : ''}"`;
  const served = thumbnail ? thumbnailOf(attachment) : attachment;
  const headers = new Headers(described(served, etag));
  const url = request.method === 'GET' && !isPlayed(served.mimeType) && (await signedUrl(signedAs(headers)));
  if (url) return redirect(url);

  const size = await measure();
  if (size === null) throw notFound();
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });

  const range = rangeOf(request, size, etag);
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set(lengthHeader, String(range ? range.end - range.start + 1 : size));
  if (range) headers.set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  const body = request.method === 'HEAD' ? null : await bytes(open, range);
  return new Response(body, { status: range ? 206 : 200, headers });
}

interface Served {
  name: string;
  mimeType: string;
}

const thumbnailOf = ({ name }: Served): Served => ({ name: `${name}.webp`, mimeType: 'image/webp' });

/**
 * Files come from strangers and are served from the application's own origin. So a browser is told to believe the type, to run
 * nothing, to give the file an origin of its own, and to keep no copy that outlives the right to see it.
 */
function described({ name, mimeType }: Served, etag: string): Record<string, string> {
  return {
    'Content-Type': mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType,
    'Content-Disposition': contentDisposition(isShownInPlace(mimeType) ? 'inline' : 'attachment', name),
    'Content-Security-Policy': "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // no-transform: a compressed part of a file fits no other part.
    'Cache-Control': 'private, no-cache, no-transform',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  };
}

// A player asks for more of a film for as long as it runs, at the address it was sent to, which would be dead after a minute.
const isPlayed = (mimeType: string) => /^(audio|video)\//.test(mimeType);

const signedAs = (headers: Headers) => ({
  contentType: headers.get('content-type') ?? '',
  contentDisposition: headers.get('content-disposition') ?? '',
});

/** To the store itself. Nobody may keep the address: it lets in whoever has it. */
const redirect = (url: string) =>
  new Response(null, {
    status: 302,
    headers: { Location: url, 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' },
  });

/** A file never changes, so its id is its strong validator. If-Range with anything else means: then all of it. */
function rangeOf(request: Request, size: number, etag: string) {
  const condition = request.headers.get('if-range');
  return condition !== null && condition !== etag ? null : parseRange(request.headers.get('range'), size);
}

const matches = (condition: string | null, etag: string) =>
  condition?.split(',').some((given) => given.trim() === '*' || given.trim().replace(/^W\//, '') === etag) ?? false;

async function bytes(open: (range?: ByteRange) => Promise<Readable | null>, range: ByteRange | null): Promise<BodyInit> {
  const stream = await open(range ?? undefined);
  if (!stream) throw notFound();
  // Without a strategy it counts chunks instead of bytes, and a slow reader makes us hold the whole file.
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: readAhead });
  return Readable.toWeb(stream, { strategy }) as unknown as ReadableStream<Uint8Array>;
}
