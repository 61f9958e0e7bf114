import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ListMultipartUploadsCommandInput, ListMultipartUploadsCommandOutput, S3 } from '@aws-sdk/client-s3';
import { isKey, requireKey } from '@/lib/platform/storage/key';
import { answered, isAbsent } from '@/lib/platform/storage/s3-failure';
import type { S3Settings } from '@/lib/platform/storage/s3-settings';
import type { ByteRange, ServedAs, Storage } from '@/lib/platform/storage/store';

const mebibyte = 1024 * 1024;
/** Held in memory while a part is on its way, which is why they are small and few. */
const leastPart = 8 * mebibyte;
const partsAtOnce = 2;
/** S3 takes no more parts than these. */
const mostParts = 10_000;

const removedAtOnce = 8;
const urlSeconds = 60;

/** Files in a bucket of any store that speaks S3. */
export class S3Storage implements Storage {
  readonly #settings: S3Settings;
  readonly #clients = new Map<string | undefined, Promise<S3>>();

  constructor(settings: S3Settings) {
    this.#settings = settings;
  }

  async put(key: string, file: string): Promise<void> {
    const target = this.#object(key);
    const { size } = await stat(file);
    const partSize = Math.max(leastPart, Math.ceil(size / mostParts));
    const body = createReadStream(file, { highWaterMark: mebibyte });
    // An object appears whole or not at all; when a part fails, Upload gives the others back.
    await this.#ask(async (client) => {
      const { Upload } = await import('@aws-sdk/lib-storage');
      const params = { ...target, Body: body, ContentType: 'application/octet-stream' };
      await new Upload({ client, params, partSize, queueSize: partsAtOnce }).done();
    }).finally(() => body.destroy());
    await rm(file, { force: true });
  }

  async open(key: string, range?: ByteRange): Promise<Readable | null> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const object = this.#object(key);
    const found = await this.#find((client) => client.getObject({ ...object, Range }));
    return (found?.Body as Readable | undefined) ?? null;
  }

  async size(key: string): Promise<number | null> {
    const object = this.#object(key);
    return (await this.#find((client) => client.headObject(object)))?.ContentLength ?? null;
  }

  // One by one: the call for many is what other stores have least in common with Amazon.
  async remove(keys: string[]): Promise<void> {
    const objects = keys.map((key) => this.#object(key));
    for (let at = 0; at < objects.length; at += removedAtOnce) {
      const slice = objects.slice(at, at + removedAtOnce);
      await Promise.all(slice.map((object) => this.#find((client) => client.deleteObject(object))));
    }
  }

  async *list() {
    const where = { Bucket: this.#settings.bucket, Prefix: this.#settings.prefix };
    let next: string | undefined;
    do {
      const page = await this.#ask((client) => client.listObjectsV2({ ...where, ContinuationToken: next }));
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
      const page: ListMultipartUploadsCommandOutput = await this.#ask((client) => client.listMultipartUploads(request));
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

  /** Throws what the store says when Parley's credentials may not use the bucket, or UNAVAILABLE. */
  async check(): Promise<void> {
    const client = await this.#client(this.#settings.endpoint);
    await client.listObjectsV2({ Bucket: this.#settings.bucket, Prefix: this.#settings.prefix, MaxKeys: 1 });
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#settings.bucket, Key: `${this.#settings.prefix}${requireKey(key)}` };
  }

  async #ask<Result>(work: (client: S3) => Promise<Result>): Promise<Result> {
    const client = await this.#client(this.#settings.endpoint);
    return answered(work(client));
  }

  /** Null when the store says that there is no such thing. */
  #find<Result>(work: (client: S3) => Promise<Result>): Promise<Result | null> {
    return this.#ask((client) =>
      work(client).catch((error) => {
        if (isAbsent(error)) return null;
        throw error;
      }),
    );
  }

  /** The SDK is loaded at the first call: who keeps files on disk does not pay for it. */
  #client(endpoint: string | undefined): Promise<S3> {
    const known = this.#clients.get(endpoint);
    if (known) return known;
    const made = connect(this.#settings, endpoint);
    this.#clients.set(endpoint, made);
    return made;
  }
}

async function connect({ region, pathStyle, credentials }: S3Settings, endpoint: string | undefined): Promise<S3> {
  // It would tell whoever starts Parley from which year on newer versions of it want a newer Node.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { S3 } = await import('@aws-sdk/client-s3');
  return new S3({
    region,
    endpoint,
    credentials,
    forcePathStyle: pathStyle,
    // Newer checksums are Amazon's own; where they are not demanded, other stores may not know them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 3_000,
      // Until the answer begins. How long it then takes is up to whoever reads it.
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      // Each file being read slowly by somebody holds one.
      httpAgent: { keepAlive: true, maxSockets: 1_000 },
      httpsAgent: { keepAlive: true, maxSockets: 1_000 },
    },
  });
}
