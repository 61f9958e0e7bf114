import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Bucket, etag, S3Refusal } from '@/tests/support/s3-bucket';
import { isSigned } from '@/tests/support/signature';

export interface Answer {
  status: number;
  headers?: Record<string, string | number>;
  body?: string | Buffer;
}

/** Names per page: few, so that clients have to fetch several pages. */
const pageSize = 10;

/** Answers the S3 calls for objects and multipart uploads. Throws an S3Refusal. */
export function answerCall(bucket: Bucket, name: string, secret: string, request: IncomingMessage, body: Buffer): Answer {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://s3.test');
  if (!isSigned(request, secret)) throw new S3Refusal(403, 'SignatureDoesNotMatch');
  requireHash(request, body);
  const [, where = '', ...rest] = pathname.split('/');
  if (where !== name) throw new S3Refusal(404, 'NoSuchBucket');
  const key = decodeURIComponent(rest.join('/'));
  const call = `${request.method} ${key ? 'object' : 'bucket'}${['uploads', 'uploadId'].map((word) => (query.has(word) ? ` ${word}` : '')).join('')}`;
  const calls: Record<string, () => Answer> = {
    'GET object': () => read(bucket, key, query, request.headers.range),
    'HEAD object': () => ({ ...read(bucket, key, query), body: undefined }),
    'PUT object': () => ({ status: 200, headers: { ETag: bucket.put(key, body) } }),
    'DELETE object': () => {
      bucket.objects.delete(key);
      return { status: 204 };
    },
    'GET bucket': () => list(bucket, query),
    'GET bucket uploads': () => listUploads(bucket, query),
    'POST object uploads': () => xml('InitiateMultipartUploadResult', `<UploadId>${bucket.begin(key)}</UploadId>`),
    'PUT object uploadId': () => {
      const tag = bucket.part(query.get('uploadId') ?? '', Number(query.get('partNumber')), body);
      return { status: 200, headers: { ETag: tag } };
    },
    'POST object uploadId': () => {
      const tag = bucket.complete(query.get('uploadId') ?? '', partsIn(String(body)));
      return xml('CompleteMultipartUploadResult', `<ETag>${tag}</ETag>`);
    },
    'DELETE object uploadId': () => {
      bucket.abort(query.get('uploadId') ?? '');
      return { status: 204 };
    },
  };
  const work = calls[call];
  if (!work) throw new S3Refusal(501, 'NotImplemented');
  return work();
}

function requireHash(request: IncomingMessage, body: Buffer): void {
  const hash = request.headers['x-amz-content-sha256'];
  if (typeof hash !== 'string' || hash === 'UNSIGNED-PAYLOAD') return;
  if (hash !== createHash('sha256').update(body).digest('hex')) throw new S3Refusal(400, 'XAmzContentSHA256Mismatch');
}

function read(bucket: Bucket, key: string, query: URLSearchParams, range?: string): Answer {
  const { bytes, modified } = bucket.get(key);
  const headers: Answer['headers'] = { ETag: etag(bytes), 'Last-Modified': modified.toUTCString(), 'Accept-Ranges': 'bytes' };
  for (const [name, value] of query) if (name.startsWith('response-') && value) headers[name.slice('response-'.length)] = value;
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (first === undefined || last === undefined)
    return { status: 200, headers: { ...headers, 'Content-Length': bytes.length }, body: bytes };
  const part = bytes.subarray(Number(first), Number(last) + 1);
  if (part.length === 0) throw new S3Refusal(416, 'InvalidRange');
  headers['Content-Range'] = `bytes ${first}-${Number(first) + part.length - 1}/${bytes.length}`;
  return { status: 206, headers: { ...headers, 'Content-Length': part.length }, body: part };
}

function list(bucket: Bucket, query: URLSearchParams): Answer {
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString();
  const count = Math.min(pageSize, Number(query.get('max-keys') ?? pageSize));
  const { names, more } = bucket.names(query.get('prefix') ?? '', after, count);
  const next = more
    ? `<NextContinuationToken>${Buffer.from(names.at(-1) ?? '').toString('base64url')}</NextContinuationToken>`
    : '';
  const entries = names.map(
    (name) => `<Contents><Key>${name}</Key><LastModified>${bucket.get(name).modified.toISOString()}</LastModified></Contents>`,
  );
  return xml('ListBucketResult', `<IsTruncated>${more}</IsTruncated>${next}${entries.join('')}`);
}

function listUploads(bucket: Bucket, query: URLSearchParams): Answer {
  const after = query.get('upload-id-marker') ?? '';
  const waiting = [...bucket.uploads]
    .filter(([id, { key }]) => id > after && key.startsWith(query.get('prefix') ?? ''))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const entries = waiting.slice(0, pageSize);
  const more = waiting.length > pageSize;
  const next = more
    ? `<NextKeyMarker>${entries.at(-1)?.[1].key}</NextKeyMarker><NextUploadIdMarker>${entries.at(-1)?.[0]}</NextUploadIdMarker>`
    : '';
  const written = entries.map(
    ([id, { key, initiated }]) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${initiated.toISOString()}</Initiated></Upload>`,
  );
  return xml('ListMultipartUploadsResult', `<IsTruncated>${more}</IsTruncated>${next}${written.join('')}`);
}

const partsIn = (body: string) =>
  [...body.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: (/<ETag>(.*?)</.exec(part)?.[1] ?? '').replaceAll('&quot;', '"'),
  }));

const xml = (name: string, content: string): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${name}>`,
});
