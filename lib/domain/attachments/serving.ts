import { Readable } from 'node:stream';
import { openAttachment } from '@/lib/domain/attachments/attachment';
import { openPicture } from '@/lib/domain/attachments/pictures';
import type { PictureSize } from '@/lib/domain/attachments/schema';
import { notFound } from '@/lib/platform/errors/error';
import { contentDisposition } from '@/lib/platform/http/file-name';
import { parseRange } from '@/lib/platform/http/range';
import { isShownInPlace } from '@/lib/platform/media/media-type';
import type { ByteRange } from '@/lib/platform/storage/store';

/** Bytes read ahead of a slow reader. */
const readAhead = 64 * 1024;

/**
 * Answers GET and HEAD for a file (RFC 9110: ranges, conditions).
 * @throws NOT_FOUND
 */
export async function serveAttachment(
  userId: string,
  id: string,
  request: Request,
  { thumbnail = false } = {},
): Promise<Response> {
  const opened = await openAttachment(userId, id, { thumbnail });
  const etag = `"${id}${thumbnail ? '-thumbnail' : ''}"`;
  const headers = new Headers(described(thumbnail ? webpOf(opened.attachment) : opened.attachment, etag));
  const url = request.method === 'GET' && !isPlayed(headers) && (await opened.signedUrl(signedAs(headers)));
  return url ? redirect(url) : serve(request, opened, headers, etag);
}

/**
 * Answers GET and HEAD for the square copy of a picture. It is always served from here: a browser revalidates a few kilobytes
 * without a transfer, while every signed address would be new.
 * @throws NOT_FOUND
 */
export async function servePicture(userId: string, id: string, size: PictureSize, request: Request): Promise<Response> {
  const opened = await openPicture(userId, id, size);
  const etag = `"${id}-picture${size}"`;
  return serve(request, opened, new Headers(described(webpOf(opened.attachment), etag)), etag);
}

async function serve(request: Request, { size: measure, open }: Opened, headers: Headers, etag: string): Promise<Response> {
  const size = await measure();
  if (size === null) throw notFound();
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });

  const range = rangeOf(request, size, etag);
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set('Content-Length', String(range ? range.end - range.start + 1 : size));
  if (range) headers.set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  const body = request.method === 'HEAD' ? null : await bytes(open, range);
  return new Response(body, { status: range ? 206 : 200, headers });
}

type Opened = Pick<Awaited<ReturnType<typeof openAttachment>>, 'size' | 'open'>;

interface Served {
  name: string;
  mimeType: string;
}

const webpOf = ({ name }: Served): Served => ({ name: `${name}.webp`, mimeType: 'image/webp' });

/**
 * Files come from strangers and are served from the application's own origin. The headers make the browser accept the type, run
 * no code, give the file an origin of its own, and keep no copy that outlives the right to see it.
 */
function described({ name, mimeType }: Served, etag: string): Record<string, string> {
  return {
    'Content-Type': mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType,
    'Content-Disposition': contentDisposition(isShownInPlace(mimeType) ? 'inline' : 'attachment', name),
    'Content-Security-Policy': "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // no-transform: a compressed range would not match the other ranges of the file.
    'Cache-Control': 'private, no-cache, no-transform',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  };
}

// A player requests more of a video while it runs, always at the redirected address, which would expire after a minute.
const isPlayed = (headers: Headers) => /^(audio|video)\//.test(headers.get('content-type') ?? '');

const signedAs = (headers: Headers) => ({
  contentType: headers.get('content-type') ?? '',
  contentDisposition: headers.get('content-disposition') ?? '',
});

/** Redirects to the store itself. The address must not be cached, because it works for everybody who has it. */
const redirect = (url: string) =>
  new Response(null, {
    status: 302,
    headers: { Location: url, 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' },
  });

/** A file never changes, so its id is a strong validator. If-Range with any other value gets the whole file. */
function rangeOf(request: Request, size: number, etag: string) {
  const condition = request.headers.get('if-range');
  return condition !== null && condition !== etag ? null : parseRange(request.headers.get('range'), size);
}

const matches = (condition: string | null, etag: string) =>
  condition?.split(',').some((given) => given.trim() === '*' || given.trim().replace(/^W\//, '') === etag) ?? false;

async function bytes(open: (range?: ByteRange) => Promise<Readable | null>, range: ByteRange | null): Promise<BodyInit> {
  const stream = await open(range ?? undefined);
  if (!stream) throw notFound();
  // Without a strategy the queue counts chunks instead of bytes, and a slow reader makes the server hold the whole file.
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: readAhead });
  return Readable.toWeb(stream, { strategy }) as unknown as ReadableStream<Uint8Array>;
}
