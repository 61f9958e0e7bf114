import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ListMultipartUploadsCommandInput, ListMultipartUploadsCommandOutput, S3 } from '@aws-sdk/client-s3';
import { isKey, requireKey } from '@/lib/platform/storage/key';
import { asUnavailable, isAbsent } from '@/lib/platform/storage/s3-failure';
import type { S3Settings } from '@/lib/platform/storage/s3-settings';
import type { ByteRange, ServedAs, Storage } from '@/lib/platform/storage/store';

const mebibyte = 1024 * 1024;
/** Parts are buffered in memory while they are uploaded, so they are small and few. */
const minPartSize = 8 * mebibyte;
const uploadConcurrency = 2;
/** The limit of S3. */
const maxParts = 10_000;

const deleteConcurrency = 8;
const urlSeconds = 60;

/** Storage in a bucket of an S3-compatible store. */
export class S3Storage implements Storage {
  readonly #settings: S3Settings;
  readonly #clients = new Map<string | undefined, Promise<S3>>();

  constructor(settings: S3Settings) {
    this.#settings = settings;
  }

  async put(key: string, file: string): Promise<void> {
    const target = this.#object(key);
    const { size } = await stat(file);
    const partSize = Math.max(minPartSize, Math.ceil(size / maxParts));
    const body = createReadStream(file, { highWaterMark: mebibyte });
    // An object appears atomically. When a part fails, Upload aborts and frees the others.
    await this.#request(async (client) => {
      const { Upload } = await import('@aws-sdk/lib-storage');
      const params = { ...target, Body: body, ContentType: 'application/octet-stream' };
      await new Upload({ client, params, partSize, queueSize: uploadConcurrency }).done();
    }).finally(() => body.destroy());
    await rm(file, { force: true });
  }

  async open(key: string, range?: ByteRange): Promise<Readable | null> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const target = this.#object(key);
    const object = await this.#find((client) => client.getObject({ ...target, Range }));
    return (object?.Body as Readable | undefined) ?? null;
  }

  async size(key: string): Promise<number | null> {
    const target = this.#object(key);
    return (await this.#find((client) => client.headObject(target)))?.ContentLength ?? null;
  }

  // One request per object, because other stores implement DeleteObjects differently from Amazon.
  async remove(keys: string[]): Promise<void> {
    const objects = keys.map((key) => this.#object(key));
    for (let at = 0; at < objects.length; at += deleteConcurrency) {
      const slice = objects.slice(at, at + deleteConcurrency);
      await Promise.all(slice.map((target) => this.#find((client) => client.deleteObject(target))));
    }
  }

  async *list() {
    const where = { Bucket: this.#settings.bucket, Prefix: this.#settings.prefix };
    let next: string | undefined;
    do {
      const page = await this.#request((client) => client.listObjectsV2({ ...where, ContinuationToken: next }));
      for (const { Key = '', LastModified } of page.Contents ?? []) {
        const key = Key.slice(where.Prefix.length);
        if (isKey(key) && LastModified) yield { key, modifiedAt: LastModified };
      }
      next = page.NextContinuationToken;
    } while (next);
  }

  async tidy(olderThan: Date): Promise<void> {
    const where = { Bucket: this.#settings.bucket, Prefix: this.#settings.prefix };
    let marker: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
    while (marker) {
      const request: ListMultipartUploadsCommandInput = { ...where, ...marker };
      const page: ListMultipartUploadsCommandOutput = await this.#request((client) => client.listMultipartUploads(request));
      for (const { Key = '', UploadId, Initiated } of page.Uploads ?? [])
        if (isKey(Key.slice(where.Prefix.length)) && Initiated && Initiated < olderThan)
          await this.#find((client) => client.abortMultipartUpload({ Bucket: where.Bucket, Key, UploadId }));
      marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : null;
    }
  }

  async signedUrl(key: string, { contentType, contentDisposition }: ServedAs): Promise<string | null> {
    if (!this.#settings.signedUrls) return null;
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const command = new GetObjectCommand({
      ...this.#object(key),
      ResponseContentType: contentType,
      ResponseContentDisposition: contentDisposition,
      ResponseCacheControl: 'private, no-store',
    });
    return getSignedUrl(await this.#client(this.#settings.publicEndpoint), command, { expiresIn: urlSeconds });
  }

  /** Lists the bucket once. @throws the store's error when it is unreachable or Parley may not use the bucket */
  async check(): Promise<void> {
    const client = await this.#client(this.#settings.endpoint);
    await client.listObjectsV2({ Bucket: this.#settings.bucket, Prefix: this.#settings.prefix, MaxKeys: 1 });
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#settings.bucket, Key: `${this.#settings.prefix}${requireKey(key)}` };
  }

  async #request<Result>(work: (client: S3) => Promise<Result>): Promise<Result> {
    const client = await this.#client(this.#settings.endpoint);
    return asUnavailable(work(client));
  }

  /** Like #request, but null when the object or upload does not exist. */
  #find<Result>(work: (client: S3) => Promise<Result>): Promise<Result | null> {
    return this.#request((client) =>
      work(client).catch((error) => {
        if (isAbsent(error)) return null;
        throw error;
      }),
    );
  }

  /** Loads the SDK at the first call, so that disk storage does not pay for it. */
  #client(endpoint: string | undefined): Promise<S3> {
    const cached = this.#clients.get(endpoint);
    if (cached) return cached;
    const created = connect(this.#settings, endpoint);
    this.#clients.set(endpoint, created);
    return created;
  }
}

async function connect({ region, pathStyle, credentials }: S3Settings, endpoint: string | undefined): Promise<S3> {
  // Silences the SDK's warning about future versions that require a newer Node.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { S3 } = await import('@aws-sdk/client-s3');
  return new S3({
    region,
    endpoint,
    credentials,
    forcePathStyle: pathStyle,
    // Other stores may not support Amazon's newer checksums, so send them only where required.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 3_000,
      // Time until the response begins. The body is read as fast as the client downloads.
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      // Each slow download holds one socket.
      httpAgent: { keepAlive: true, maxSockets: 1_000 },
      httpsAgent: { keepAlive: true, maxSockets: 1_000 },
    },
  });
}
