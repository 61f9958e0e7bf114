import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Whether a request has a valid AWS Signature Version 4, in the header or in the query (then also: whether it has not expired). */
export function isSigned(request: IncomingMessage, secret: string, now = new Date()): boolean {
  const url = new URL(request.url ?? '/', 'http://s3.test');
  const given = url.searchParams.has('X-Amz-Signature') ? fromQuery(url, now) : fromHeader(request.headers.authorization ?? '');
  if (!given) return false;
  const [, date = '', region = '', service = ''] = given.credential.split('/');
  const time = url.searchParams.get('X-Amz-Date') ?? String(request.headers['x-amz-date']);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const headers = given.signedHeaders.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const payload = String(request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD');
  const canonical = [request.method, url.pathname, canonicalQuery(url), headers.join(''), given.signedHeaders, payload];
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical.join('\n')).digest('hex')].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex') === given.signature;
}

interface Given {
  credential: string;
  signedHeaders: string;
  signature: string;
}

function fromQuery({ searchParams: query }: URL, now: Date): Given | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!(now.getTime() < signedAt + Number(query.get('X-Amz-Expires')) * 1000)) return null;
  return {
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
  };
}

function fromHeader(authorization: string): Given | null {
  const [, credential = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(authorization) ?? [];
  return signature ? { credential, signedHeaders, signature } : null;
}

const canonicalQuery = (url: URL) =>
  [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map((pair) => pair.map(encode).join('='))
    .sort()
    .join('&');

const encode = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
